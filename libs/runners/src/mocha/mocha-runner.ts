import { join, resolve } from 'node:path'
import { err, MOCHA_INCLUDE, ok, type Result, type RunnerSpec, type Suite } from '@muster/model'
import type { InProcessProgram, PrepareProblem, Runner, RunnerContext } from '../runner.ts'
import { toArgv } from './argv.ts'
import { findFiles } from './find-files.ts'
import type { MochaFiles, MochaInput } from './input.ts'
import { cachedOptions } from './options-cache.ts'
import { askOptions } from './options-client.ts'
import type { OptionsReply } from './options-protocol.ts'
import { packIfReady } from './pack-store.ts'
import { reproduceCommand } from './reproduce.ts'
import { resolveMocha } from './resolve-mocha.ts'
import { siblingModule } from './sibling-module.ts'
import { ignoredOptions, unitOptions } from './unit-options.ts'

type MochaSpec = Extract<RunnerSpec, { name: 'mocha' }>

/** Runs a suite with the mocha that its folder resolves to, in a worker, by mocha's own rules. */
export const mochaRunner: Runner = {
  name: 'mocha',

  version: async (suite, { root }) => {
    const mocha = resolveMocha(join(root, suite.dir))
    return mocha.ok ? ok(mocha.value.version) : mocha
  },

  prepare: async (suite, context) => {
    const cwd = resolve(context.root, suite.dir)
    const mocha = resolveMocha(cwd)
    if (!mocha.ok) return mocha
    const argv = argvOf(suite.runner as MochaSpec, cwd)
    const options = await readOptions(suite, context, mocha.value, cwd, argv)
    if (!options.ok) return options
    const files = await filesOf(suite, cwd, options.value)
    if (!files.ok) return files
    return ok(
      program(
        suite,
        context,
        mocha.value,
        packIfReady(mocha.value, context.cacheDir),
        options.value,
        files.value,
        { cwd, argv },
      ),
    )
  },
}

type Options = Extract<OptionsReply, { ok: true }>

function argvOf(spec: MochaSpec, cwd: string): string[] {
  const { spec: _spec, config: _config, ...options } = spec.options
  return [...(spec.config === undefined ? [] : [`--config=${resolve(cwd, spec.config)}`]), ...toArgv(options)]
}

async function readOptions(
  suite: Suite,
  context: RunnerContext,
  mocha: MochaFiles,
  dir: string,
  argv: readonly string[],
): Promise<Result<Options, PrepareProblem>> {
  const env = Object.fromEntries(
    Object.entries(context.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
  const request = { mochaDir: mocha.dir, dir, argv, env, collect: hasDefaultInclude(suite) }
  const reply = await cachedOptions(context.cacheDir, mocha, request, () => askOptions(request))
  if (reply.ok) return ok(reply)
  return err({
    type: 'environment',
    message: `mocha can't read the options of suite ${suite.id}: ${reply.message}`,
    fix: `Correct the mocha configuration that applies in ${suite.dir}, or "options" in ${suite.source}.`,
  })
}

interface FoundFiles {
  /** Absolute, in loading order, the `file` option's first. */
  readonly all: readonly string[]
  readonly tests: readonly string[]
  readonly spec: 'none' | 'used' | 'replaced'
}

/** The suite's own globs; a config's `spec` when suite.json gives none. */
async function filesOf(
  suite: Suite,
  cwd: string,
  options: Options,
): Promise<Result<FoundFiles, PrepareProblem>> {
  const hasSpec = options.spec.length > 0
  const used = hasSpec && options.files !== null
  const tests = used
    ? (options.files ?? [])
    : await findFiles(cwd, suite.include, [...suite.exclude, ...strings(options.options['ignore'])])
  if (tests.length === 0) {
    const globs = (used ? options.spec : suite.include).join(', ')
    return err({ type: 'no-files', message: `No test file matches ${globs} in ${cwd}.` })
  }
  const spec = used ? 'used' : hasSpec ? 'replaced' : 'none'
  return ok({ all: [...new Set([...options.file, ...tests])], tests, spec })
}

/** suite.json has no `include`; the graph then fills in the default. */
const hasDefaultInclude = ({ include }: Suite): boolean =>
  include.length === 0 || (include.length === 1 && include[0] === MOCHA_INCLUDE[0])

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

function program(
  suite: Suite,
  { root }: RunnerContext,
  mocha: MochaFiles,
  pack: MochaInput['pack'],
  { options, nodeOptions }: Options,
  found: FoundFiles,
  { cwd, argv }: { cwd: string; argv: readonly string[] },
): InProcessProgram {
  const input: MochaInput = {
    root,
    cwd,
    mocha,
    pack,
    options: unitOptions(options, nodeOptions),
    files: found.all,
  }
  const reproduce = reproduceCommand({
    dir: suite.dir,
    cwd,
    argv,
    parsed: options,
    nodeOptions,
    files: found.tests,
    spec: found.spec,
  })
  const notes = ignoredOptions(options)
  return {
    type: 'in-process',
    cwd,
    entry: siblingModule(import.meta.url, 'unit-entry'),
    input,
    nodeOptions,
    reproduce,
    ...(notes.length > 0 && { notes }),
  }
}
