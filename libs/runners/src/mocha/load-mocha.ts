import { readFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import type { MochaFiles, Pack } from './input.ts'
import type { MochaModules } from './mocha-api.ts'

/** Node's undocumented but load-bearing module internals; unchanged from Node 12 to 26. */
interface ModuleInternals {
  readonly _cache: Record<string, NodeModule | undefined>
  _resolveFilename(request: string, parent: NodeModule): string
  _nodeModulePaths(from: string): string[]
}
const internals: ModuleInternals = Module as unknown as ModuleInternals

/** Mocha from its pack; from its own files when there is no pack or the pack doesn't load. */
export function loadMocha(files: MochaFiles, pack: Pack | null): MochaModules {
  if (pack !== null && internals._cache[files.main] === undefined) {
    try {
      return loadPack(files, pack)
    } catch {
      delete internals._cache[files.main]
    }
  }
  const loaded: PackedModule | undefined = internals._cache[files.main]
  return loaded?.[PACK] ?? loadPlain(files)
}

/** Where a pack's modules hang on their cached module, so that a reused process finds them again. */
const PACK = Symbol.for('muster.mocha.pack')
type PackedModule = NodeModule & { [PACK]?: MochaModules }

export interface CompiledPack {
  readonly modules: MochaModules
  readonly script: Script
}

export function loadPack(files: MochaFiles, pack: Pack): MochaModules {
  return compilePack(files, readFileSync(pack.code, 'utf8'), readFileSync(pack.cache)).modules
}

/**
 * The script bears the name of mocha's own main file: bare specifiers (`require: tsx`) resolve from where
 * mocha is, and mocha's stack filter recognises its frames. The tests' own `require('mocha')` and
 * `import … from 'mocha'` both end at that file, so putting the module into the cache gives them this instance.
 */
export function compilePack(files: MochaFiles, code: string, cachedData: Buffer | undefined): CompiledPack {
  const script = new Script(code, {
    filename: files.main,
    ...(cachedData !== undefined && { cachedData }),
  })
  const outer = moduleAt(files.main)
  const wrapper = script.runInThisContext() as PackWrapper
  const packed: { exports: Partial<MochaExports> } = { exports: {} }
  wrapper(packed.exports, requireOf(outer), packed)
  const exports = packed.exports as MochaExports
  exports.esmUtils.doImport = importFrom(files.esmUtils)
  const modules = assemble(exports)
  Object.assign(outer, { exports: modules.Mocha, loaded: true, [PACK]: modules })
  internals._cache[files.main] = outer
  return { modules, script }
}

type PackWrapper = (exports: object, require: NodeRequire, module: object) => void

/** What mocha's three files export; the pack exports the same under these names. */
interface MochaExports {
  readonly Mocha: MochaModules['Mocha']
  readonly esmUtils: Pick<MochaModules, 'requireOrImport'> & {
    doImport(this: void, file: string | URL): unknown
  }
  readonly pluginLoader: MochaModules['PluginLoader'] | Pick<MochaModules, 'PluginLoader'>
}

/** The plugin loader is a named export since mocha 12. */
const assemble = ({ Mocha, esmUtils, pluginLoader }: MochaExports): MochaModules => ({
  Mocha,
  requireOrImport: esmUtils.requireOrImport,
  PluginLoader: 'PluginLoader' in pluginLoader ? pluginLoader.PluginLoader : pluginLoader,
})

/**
 * Mocha's `import()`. Inside a script from a code cache Node 20 has no loader for it (and later ones warn that
 * it is experimental), so mocha gets one that was compiled as a module at the place of mocha's own.
 */
function importFrom(file: string): (specifier: string | URL) => unknown {
  const importer = new Module(file) as NodeModule & { _compile(code: string, file: string): void }
  importer.filename = file
  importer._compile('module.exports = (specifier) => import(specifier)', file)
  return importer.exports as (specifier: string | URL) => unknown
}

function moduleAt(file: string): NodeModule {
  const created = new Module(file)
  created.filename = file
  // Mocha finds a custom `ui` from the working directory too.
  const cwd = process.cwd()
  created.paths = [...internals._nodeModulePaths(dirname(file)), cwd, join(cwd, 'node_modules')]
  return created
}

function requireOf(parent: NodeModule): NodeRequire {
  const { main, extensions, cache } = createRequire(parent.filename)
  const resolve = (request: string): string => internals._resolveFilename(request, parent)
  const load = (request: string): unknown => parent.require(request)
  return Object.assign(load, { resolve, main, extensions, cache }) as NodeRequire
}

function loadPlain(files: MochaFiles): MochaModules {
  const require = createRequire(files.main)
  return assemble({
    Mocha: require(files.main) as MochaExports['Mocha'],
    esmUtils: require(files.esmUtils) as MochaExports['esmUtils'],
    pluginLoader: require(files.pluginLoader) as MochaExports['pluginLoader'],
  })
}
