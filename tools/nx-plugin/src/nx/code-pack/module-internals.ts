import { Module } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

/** Node's undocumented but load-bearing module internals; unchanged from Node 12 to 26. */
interface ModuleInternals {
  readonly _cache: NodeJS.Dict<NodeModule>
  readonly _extensions: Record<string, (module: NodeModule, file: string) => void>
  _resolveFilename: (
    this: unknown,
    request: string,
    parent?: NodeModule,
    isMain?: boolean,
    options?: object,
  ) => string
  readonly wrap: (code: string) => string
  readonly prototype: { _compile: (this: NodeModule, code: string, file: string) => unknown }
}

export const internals: ModuleInternals = Module as unknown as ModuleInternals

export const isInstalled = (file: string): boolean => /[\\/]node_modules[\\/]/.test(file)

/** A CommonJS module's wrapped text as a script. @param cachedData V8's code cache for exactly this text */
export function moduleScript(text: string, file: string, cachedData?: Buffer): Script {
  return new Script(text, {
    filename: file,
    ...(cachedData && { cachedData }),
  })
}

type Wrapper = (
  this: unknown,
  exports: unknown,
  require: NodeRequire,
  module: NodeModule,
  file: string,
  dir: string,
) => unknown

/** As Node's own `_compile` ends. */
export function runModule(script: Script, module: NodeModule, file: string): unknown {
  const wrapper = script.runInThisContext() as Wrapper
  return wrapper.call(module.exports, module.exports, requireOf(module), module, file, dirname(file))
}

function requireOf(module: NodeModule): NodeRequire {
  const resolve = (request: string, options?: object): string =>
    internals._resolveFilename(request, module, false, options)
  return Object.assign((request: string): unknown => module.require(request), {
    resolve: Object.assign(resolve, { paths: () => module.paths }),
    main: process.mainModule,
    extensions: internals._extensions,
    cache: internals._cache,
  }) as unknown as NodeRequire
}
