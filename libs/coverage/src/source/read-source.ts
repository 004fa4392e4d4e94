import { parseSync } from 'oxc-parser'
import { ignoreHints } from './ignore-hints.ts'
import { LineIndex } from './line-index.ts'
import type { ProbedSource } from './probed-source.ts'
import { SourceVisitor, type Node } from './source-visitor.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/

/** Whether a file's structure is read from its own text. */
export const isScript = (path: string): boolean => SCRIPT.test(path) && !/\.d\.[cm]?ts$/.test(path)

/**
 * The structure of a JavaScript or TypeScript file by the rules of istanbul-lib-instrument, private methods counted,
 * too. It depends on the text alone, so that neither runner, transpiler nor shard can change a total.
 * Undefined when the file can't be parsed or asks to be left out.
 */
export function readSource(path: string, text: string): ProbedSource | undefined {
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false })
  if (errors.some(({ severity }) => (severity as string) === 'Error')) return undefined
  const hints = ignoreHints(text, comments)
  if (hints.file) return undefined
  const visitor = new SourceVisitor(LineIndex.ofText(text), hints)
  visitor.visit(program as unknown as Node)
  return visitor.result()
}
