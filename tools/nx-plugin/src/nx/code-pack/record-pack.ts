import { statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Script } from 'node:vm'
import { internals, isInstalled, moduleScript, runModule } from './module-internals.ts'
import type { Pack, PackedFile, PackIndex } from './pack-file.ts'

/** In a script from a code cache Node 20 has no loader for it. */
const DYNAMIC_IMPORT = /\bimport\s*\(/

/**
 * Watches which installed CommonJS modules are loaded from now on.
 * @returns the pack of those that were, compiled as far as they have run
 */
export function recordPack(): () => Pack {
  const scripts = new Map<string, { text: string; script: Script }>()
  const resolved: Record<string, Record<string, string>> = {}
  const resolve = internals._resolveFilename
  internals._resolveFilename = function (request, parent, isMain, options) {
    const file = resolve.call(this, request, parent, isMain, options)
    if (options === undefined && parent && isInstalled(parent.filename) && isAbsolute(file)) {
      ;(resolved[parent.filename] ??= {})[request] = file
    }
    return file
  }
  const { prototype } = internals
  const compile = prototype._compile
  prototype._compile = function (code, file) {
    if (!isInstalled(file) || DYNAMIC_IMPORT.test(code)) return compile.call(this, code, file)
    const text = internals.wrap(code.replace(/^#!.*/, ''))
    const script = moduleScript(text, file)
    scripts.set(file, { text, script })
    return runModule(script, this, file)
  }
  return () => pack(scripts, resolved)
}

function pack(
  scripts: ReadonlyMap<string, { text: string; script: Script }>,
  resolved: PackIndex['resolved'],
): Pack {
  const files: Record<string, PackedFile> = {}
  const parts: Buffer[] = []
  let length = 0
  const add = (part: Buffer): [number, number] => {
    parts.push(part)
    length += part.length
    return [length - part.length, length]
  }
  for (const [file, { text, script }] of scripts) {
    const { mtimeMs, size } = statSync(file)
    const bytes = Buffer.from(text)
    const encoding = bytes.length === text.length ? 'latin1' : 'utf8'
    files[file] = { mtimeMs, size, encoding, text: add(bytes), code: add(script.createCachedData()) }
  }
  return { index: { files, resolved }, body: Buffer.concat(parts) }
}
