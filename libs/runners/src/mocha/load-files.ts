import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { types } from 'node:util'
import type { MochaInstance } from './mocha-api.ts'

const require = createRequire(import.meta.url)

/** Files that earlier units loaded in this process, and as what; empty unless the process is reused. */
const seen = new Map<string, 'commonjs' | 'module'>()
let generation = 0

/**
 * Loads the test files into mocha. The first time in a process that is mocha's own loading. An ES module runs
 * once a process and would then register no tests, so one that was seen before is imported under another query.
 */
export async function loadFiles(mocha: MochaInstance, files: readonly string[]): Promise<void> {
  mocha.files = [...files]
  if (files.some((file) => seen.has(file))) await reloadFiles(mocha, files)
  else await mocha.loadFilesAsync()
  for (const file of files) if (!seen.has(file)) seen.set(file, kindOf(file))
}

async function reloadFiles(mocha: MochaInstance, files: readonly string[]): Promise<void> {
  generation++
  mocha.lazyLoadFiles(true)
  for (const file of files) {
    mocha.suite.emit('pre-require', globalThis, file, mocha)
    mocha.suite.emit('require', await reload(file), file, mocha)
    mocha.suite.emit('post-require', globalThis, file, mocha)
  }
}

async function reload(file: string): Promise<unknown> {
  if (seen.get(file) === 'commonjs') return require(file)
  const loaded = (await import(`${pathToFileURL(file).href}?muster=${generation}`)) as { default?: unknown }
  return loaded.default ?? loaded
}

function kindOf(file: string): 'commonjs' | 'module' {
  const cached = require.cache[realpathSync(file)]
  return cached !== undefined && !types.isModuleNamespaceObject(cached.exports) ? 'commonjs' : 'module'
}

/**
 * Remembers which modules are loaded.
 * @returns takes the workspace's own CommonJS modules out of the cache that were loaded since, so that the
 * next unit in this process runs them anew: a helper may register hooks. Installed packages stay.
 */
export function trackModules(): () => void {
  const before = new Set(Object.keys(require.cache))
  return () => {
    for (const file of Object.keys(require.cache)) {
      if (!before.has(file) && !/[\\/]node_modules[\\/]/.test(file)) delete require.cache[file]
    }
  }
}
