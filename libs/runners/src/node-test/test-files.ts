import fastGlob from 'fast-glob'
import { join } from 'node:path'
import type { Suite } from '@muster/model'

/** What `node --test` runs when it is given nothing: the same names in all versions from 20 on. */
const NAMES = '{test,test/**/*,test-*,*[._-]test}'
const EXTENSIONS = ['js', 'cjs', 'mjs']
const TYPED = ['ts', 'cts', 'mts']

/**
 * The test files of a suite, as node sorts them.
 * @param typed node runs TypeScript by itself, and so looks for it
 * @returns relative to the suite's folder
 */
export async function findTestFiles(root: string, suite: Suite, typed: boolean): Promise<readonly string[]> {
  const extensions = [...EXTENSIONS, ...(typed ? TYPED : [])].join(',')
  const globs = suite.include.length > 0 ? suite.include : [`**/${NAMES}.{${extensions}}`]
  const found = await fastGlob([...globs], {
    cwd: join(root, suite.dir),
    ignore: ['**/node_modules/**', ...suite.exclude],
    onlyFiles: true,
    followSymbolicLinks: false,
  })
  return found.sort()
}

/** Node takes the names of files for globs from version 21 on. */
export const globEscaped = (file: string): string => file.replaceAll(/[*?[{(!]/g, '[$&]')
