import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { MochaModules } from './mocha-api.ts'

/**
 * Loads the `require` option's modules in order, as mocha's command line does: a path that exists below the
 * working directory is a file, anything else a package. Yields root hooks and global fixtures as mocha options.
 */
export async function loadPlugins(
  { requireOrImport, PluginLoader }: MochaModules,
  requires: readonly string[],
): Promise<Record<string, unknown>> {
  const loader = PluginLoader.create()
  for (const name of requires) {
    const isFile = existsSync(name) || existsSync(`${name}.js`)
    const exported = await requireOrImport(isFile ? resolve(name) : name)
    if (typeof exported === 'object' && exported !== null) loader.load(exported)
  }
  return loader.finalize()
}
