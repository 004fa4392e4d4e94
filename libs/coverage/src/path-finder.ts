import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'

/**
 * Turns the paths of tools into workspace-relative ones. Beside absolute and relative paths there are some that begin
 * with a name (Go's import paths, Java's packages): of those the longest end is taken that is a file below the suite's
 * folder or the workspace.
 */
export class PathFinder {
  readonly #root: string
  readonly #realRoot: string
  readonly #bases: readonly string[]
  readonly #known = new Map<string, string | undefined>()

  /** @param dir workspace-relative folder of the suite */
  constructor(root: string, dir: string) {
    this.#root = root
    this.#realRoot = existsSync(root) ? realpathSync(root) : root
    this.#bases = [...new Set([path.join(root, dir), root])]
  }

  /** Undefined for what is outside of the workspace, or nowhere. */
  find(written: string): string | undefined {
    if (!this.#known.has(written)) this.#known.set(written, this.#look(written.replaceAll('\\', '/')))
    return this.#known.get(written)
  }

  #look(written: string): string | undefined {
    if (path.isAbsolute(written)) return this.#relative(written)
    const parts = written.split('/')
    for (let skipped = 0; skipped < parts.length; skipped++) {
      const end = parts.slice(skipped).join('/')
      const base = this.#bases.find((each) => existsSync(path.join(each, end)))
      if (base !== undefined) return this.#relative(path.join(base, end))
    }
    return undefined
  }

  #relative(absolute: string): string | undefined {
    for (const root of [this.#root, this.#realRoot]) {
      const relative = path.relative(root, absolute).replaceAll(path.sep, '/')
      if (relative !== '' && !relative.startsWith('../') && !path.isAbsolute(relative)) return relative
    }
    return undefined
  }
}
