import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const RELATIVE = /\b(?:from|import|require)\b\s*\(?\s*(["'`])(\.{1,2}\/[^"'`\n]+)\1/g
/** Leave nothing at run time. */
const OF_TYPES = /\b(?:import|export)\s+type\b[^"'`]*/g
const EXTENSION = /\.[cm]?[jt]sx?$/

/**
 * The first of some files that loads a test file of the same suite. The tests of the loaded one belong to
 * whichever comes first, so that they would run twice if the two were in different parts. By their text: neither
 * ES modules nor loaders of TypeScript tell who imported whom.
 */
export function specImport(
  loaded: readonly string[],
  tests: readonly string[],
): { readonly file: string; readonly imports: string } | undefined {
  const byStem = new Map(tests.map((test) => [test.replace(EXTENSION, ''), test]))
  for (const file of loaded) {
    const text = readFileSync(file, 'utf8').replaceAll(OF_TYPES, '')
    for (const [, , specifier = ''] of text.matchAll(RELATIVE)) {
      const imports = byStem.get(resolve(dirname(file), specifier).replace(EXTENSION, ''))
      if (imports !== undefined && imports !== file) return { file, imports }
    }
  }
  return undefined
}
