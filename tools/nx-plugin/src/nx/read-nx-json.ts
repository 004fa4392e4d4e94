import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { NxJsonLike } from './plugin-options.ts'

/**
 * Comments and trailing commas are allowed, as in Nx; whose own reader would load all of its devkit (0.2 s).
 * Throws when the file is absent or no JSON. @param root absolute
 */
export function readNxJson(root: string): NxJsonLike {
  const text = readFileSync(path.join(root, 'nx.json'), 'utf8')
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length
    throw new Error(`nx.json:${line}: ${printParseErrorCode(first.error)}`)
  }
  return value as NxJsonLike
}
