// Finds what a bundle would lose: modules that are looked for by their path, and are no entry.
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Modules that make paths of modules; `ownModule` does it for others. */
const MAKES_PATHS = /\bimport\.meta\b|\bownModule\(/
/** Looks ahead, as one may be in another: `--reporter=${builtModule(import.meta.url, 'reporter')}`. */
const LITERAL = /(?<!\bfrom )(?<!\bimport\()(?=(['"`])([\w./${}-]+)\1)/g

/**
 * In a module that makes paths, each string that names a module of the package, beside it or from `dist` on, is taken for
 * such a path. A name made of parts isn't seen, but for its extension: `./main.${extension}`.
 * @param modules all of the package's, relative to `dist`
 * @returns one line for each that is missing among the entries
 */
export function unlistedPrograms({ dir, modules, entries }) {
  const known = new Set(modules)
  const listed = new Set(entries)
  return modules.flatMap((module) => {
    const text = readFileSync(join(dir, 'dist', module), 'utf8')
    if (!MAKES_PATHS.test(text)) return []
    return [...text.matchAll(LITERAL)]
      .map(([, , literal]) => `${literal.replace(/\.(js|\$\{\w+\})$/, '')}.js`)
      .flatMap((name) => [posix.join(posix.dirname(module), name), posix.normalize(name)])
      .filter((target) => known.has(target) && !listed.has(target))
      .map(
        (target) =>
          `${module} starts ${target}, which is not in PROGRAMS (tools/scripts/lib/package-entries.mjs)`,
      )
  })
}
