import { isAbsolute, relative, sep } from 'node:path'

/**
 * Test files in the order in which mocha would load them: pattern by pattern, each sorted as mocha sorts.
 * @param dir absolute folder that the globs are relative to
 * @param ignored globs; the suite's `exclude` and mocha's `ignore`
 * @returns absolute paths, none twice
 */
export async function findFiles(
  dir: string,
  globs: readonly string[],
  ignored: readonly string[],
): Promise<string[]> {
  // More than seventy modules, and often a tool's own configuration names the files.
  const { default: fastGlob } = await import('fast-glob')
  const ignore = ['**/node_modules/**', ...ignored.map((glob) => fromDir(dir, glob))]
  const found = await Promise.all(
    globs.map((glob) =>
      fastGlob(glob, { cwd: dir, ignore, absolute: true, onlyFiles: true, followSymbolicLinks: false }),
    ),
  )
  return [...new Set(found.flatMap((files) => files.sort((a, b) => a.localeCompare(b, 'en'))))].map(native)
}

const fromDir = (dir: string, glob: string): string =>
  (isAbsolute(glob) ? relative(dir, glob).split(sep).join('/') : glob).replace(/^\.\//, '')

const native = (path: string): string => (sep === '/' ? path : path.replaceAll('/', sep))
