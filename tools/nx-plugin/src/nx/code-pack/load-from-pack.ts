import { statSync } from 'node:fs'
import { internals, moduleScript, runModule } from './module-internals.ts'
import type { Pack } from './pack-file.ts'

/**
 * From now on, installed CommonJS modules come out of the pack: without searching, and compiled already. A file that
 * has changed or gone since, or isn't in the pack, is found and loaded as always.
 */
export function loadFromPack({ index, body }: Pack): void {
  const checked = new Map<string, boolean>()
  const isFresh = (file: string): boolean => {
    let fresh = checked.get(file)
    if (fresh === undefined) {
      const packed = index.files[file]
      const now = packed && statSync(file, { throwIfNoEntry: false })
      fresh = packed !== undefined && now?.mtimeMs === packed.mtimeMs && now.size === packed.size
      checked.set(file, fresh)
    }
    return fresh
  }
  const resolve = internals._resolveFilename
  internals._resolveFilename = function (request, parent, isMain, options) {
    const known = options === undefined && parent ? index.resolved[parent.filename]?.[request] : undefined
    return known !== undefined && isFresh(known)
      ? known
      : resolve.call(this, request, parent, isMain, options)
  }
  const load = internals._extensions['.js']
  internals._extensions['.js'] = (module, file) => {
    const packed = isFresh(file) ? index.files[file] : undefined
    if (!packed) return load?.(module, file)
    const text = body.toString(packed.encoding, ...packed.text)
    runModule(moduleScript(text, file, body.subarray(...packed.code)), module, file)
  }
}
