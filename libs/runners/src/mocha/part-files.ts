import { resolve } from 'node:path'
import type { UnitPart } from '@muster/model'
import type { MochaSuiteFiles } from './find-suite.ts'

/**
 * The test files that a part runs: absolute, in running order. Those of mocha's `file` option come on top.
 * @param root absolute workspace root
 */
export function partFiles(
  { tests, options }: Pick<MochaSuiteFiles, 'tests' | 'options'>,
  root: string,
  { files, cases }: UnitPart,
): readonly string[] {
  const inPart = files?.map((file) => resolve(root, file)) ?? tests
  if (cases === undefined) return inPart
  // One file starts the run of all. What is defined late counts for the file that was loaded last.
  if (options.options['delay'] === true) return inPart
  const named = cases.map(({ file }) => file)
  if (named.includes(undefined)) return inPart
  const wanted = new Set(named.map((file) => resolve(root, file ?? '')))
  return inPart.filter((file) => wanted.has(file))
}
