import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { format } from 'node:util'
import { putOff } from './put-off.ts'
import type { OptionsReply, OptionsRequest, Parties } from './options-protocol.ts'

// Reads mocha's options by mocha's own code, which looks at the working directory, exits the process on a bad
// option, and runs `.mocharc.cjs`. All three are reasons for a process of its own. Serves until its parent is gone.

const require = createRequire(import.meta.url)
const PARTIES = process.argv[2] as Parties

process.on('message', (request: OptionsRequest) => process.send?.({ id: request.id, ...answer(request) }))
process.on('disconnect', () => process.exit(0))

function answer(request: OptionsRequest): OptionsReply {
  const said: string[] = []
  const restore = intercept(said)
  try {
    process.chdir(request.dir)
    process.env = { ...request.env }
    return { ok: true, ...read(request), said }
  } catch (error) {
    const reason = error instanceof ExitCalled ? said.join('\n') : (error as Error).message
    return { ok: false, message: reason }
  } finally {
    restore()
    forgetConfigs()
  }
}

const known = new Map<string, Cli>()

/**
 * Mocha's modules for its options. They import all of mocha, for a list of reporters, and what watches files. A config
 * that is code may import mocha, too, and an ES module would get what is there.
 */
function loadCli(mochaDir: string): Cli {
  if (PARTIES === 'code') return loadBeside(mochaDir, [])
  try {
    return loadBeside(mochaDir, ['mocha', 'cli/watch-run'])
  } catch {
    // A mocha that needs them at once.
    for (const file of Object.keys(require.cache)) if (file.startsWith(mochaDir)) delete require.cache[file]
    return loadBeside(mochaDir, [])
  }
}

/** @param dear not to be loaded before they are used */
function loadBeside(mochaDir: string, dear: readonly string[]): Cli {
  const lib = join(mochaDir, 'lib')
  const place = (name: string): string =>
    existsSync(join(lib, `${name}.cjs`)) ? join(lib, `${name}.cjs`) : join(lib, `${name}.js`)
  const load = (name: string): unknown => require(place(`cli/${name}`))
  const loaded = putOff(dear.map(place))
  try {
    const { loadOptions } = load('options') as Pick<Cli, 'loadOptions'>
    const nodeFlags = load('node-flags') as NodeFlags
    return { loadOptions, nodeFlags, collectFiles: load('collect-files') as Collect }
  } finally {
    loaded()
  }
}

interface Cli {
  readonly loadOptions: (argv: readonly string[]) => Options
  readonly nodeFlags: NodeFlags
  readonly collectFiles: Collect
}

function read(request: OptionsRequest): Omit<Extract<OptionsReply, { ok: true }>, 'ok' | 'said'> {
  const cli = known.get(request.mochaDir) ?? loadCli(request.mochaDir)
  known.set(request.mochaDir, cli)
  const { loadOptions, nodeFlags, collectFiles } = cli
  const all = loadOptions(request.argv)
  const { options, nodeArgs } = splitNodeFlags(all, nodeFlags)
  const listed = options['node-option'] as readonly string[] | undefined
  const nodeOptions = listed?.map((option) => `--${option}`) ?? nodeFlags.unparseNodeFlags(nodeArgs)
  const spec = (options['_'] as string[] | undefined) ?? []
  const file = (options['file'] as string[] | undefined)?.map((path) => resolve(path)) ?? []
  const files = request.collect ? collect(collectFiles, options, spec) : null
  return { options: { ...options, _: undefined }, nodeOptions, spec, file, files }
}

type Options = Record<string, unknown>
type Collect = (options: Options) => { files: string[] } | string[]

interface NodeFlags {
  readonly isNodeFlag: (name: string) => boolean
  readonly unparseNodeFlags: (options: Options) => string[]
}

/** Node's own options may stand among mocha's: `"enable-source-maps": true`. */
function splitNodeFlags(all: Options, { isNodeFlag }: NodeFlags): { options: Options; nodeArgs: Options } {
  const options: Options = {}
  const nodeArgs: Options = {}
  for (const [name, value] of Object.entries(all)) {
    if (isNodeFlag(name)) nodeArgs[name === 'v8-options' ? name : name.replace(/^v8-/, '')] = value
    else options[name] = value
  }
  return { options, nodeArgs }
}

/** Mocha ends its process when nothing is found; here that is an empty list. */
function collect(collectFiles: Collect, options: Options, spec: readonly string[]): string[] {
  const { ignore = [], extension = [], recursive = false, sort = false } = options
  try {
    const found = collectFiles({
      ignore,
      extension,
      recursive,
      sort,
      file: [],
      spec: spec.length > 0 ? spec : ['./test'],
    })
    return Array.isArray(found) ? found : found.files
  } catch (error) {
    if (error instanceof ExitCalled) return []
    throw error
  }
}

class ExitCalled extends Error {}

function intercept(said: string[]): () => void {
  const exit = process.exit.bind(process)
  const { log, warn, error } = console
  const say = (...parts: unknown[]): void => void said.push(format(...parts))
  Object.assign(console, { log: say, warn: say, error: say })
  process.exit = () => {
    throw new ExitCalled()
  }
  return () => {
    Object.assign(console, { log, warn, error })
    process.exit = exit
  }
}

/** A config may be edited, or depend on the folder, between two requests. */
function forgetConfigs(): void {
  for (const file of Object.keys(require.cache)) {
    if (!file.includes('node_modules')) delete require.cache[file]
  }
}
