import { createRequire, syncBuiltinESMExports } from 'node:module'

type Method = (...args: unknown[]) => unknown

/** Node refuses these in a thread with ERR_WORKER_UNSUPPORTED_OPERATION. `umask` only when it changes the mask. */
const REFUSED = [
  'chdir',
  'setuid',
  'seteuid',
  'setgid',
  'setegid',
  'setgroups',
  'initgroups',
  'abort',
] as const

/**
 * Reports what a thread can't do at the moment a test asks for it, even if the test swallows the error:
 * the verdict may depend on it. Behaves as Node does otherwise.
 */
export function guardThread(report: (reason: string) => void): void {
  const methods = process as unknown as Record<string, Method | undefined>
  const wrap = (name: string, refused: (args: unknown[]) => boolean): void => {
    const original = methods[name]
    if (!original) return
    methods[name] = (...args) => {
      if (refused(args)) report(`process.${name}() is not available in a thread`)
      return original.apply(process, args)
    }
  }
  for (const name of REFUSED) wrap(name, () => true)
  wrap('umask', (args) => args[0] !== undefined)

  refuseFlags(report)

  const load = methods['dlopen']
  methods['dlopen'] = (...args) => {
    try {
      return load?.apply(process, args)
    } catch (error) {
      report(`a native addon can't be loaded in a thread: ${(error as Error).message}`)
      throw error
    }
  }
}

/** Flags of the engine are the whole process's: later units in this host would have them too. */
function refuseFlags(report: (reason: string) => void): void {
  const v8 = createRequire(import.meta.url)('node:v8') as Record<string, unknown>
  v8['setFlagsFromString'] = (): never => {
    report('v8.setFlagsFromString() would change the whole process')
    throw new Error('v8.setFlagsFromString() is not supported in workers')
  }
  syncBuiltinESMExports()
}
