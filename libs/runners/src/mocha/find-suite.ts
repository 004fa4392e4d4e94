import { resolve } from 'node:path'
import { err, MOCHA_INCLUDE, ok, type Result, type RunnerSpec, type Suite } from '@muster/model'
import type { PrepareProblem, RunnerContext } from '../runner.ts'
import { toArgv } from './argv.ts'
import { findFiles } from '../find-files.ts'
import type { MochaFiles } from './input.ts'
import { cachedOptions } from './options-cache.ts'
import { askOptions } from './options-client.ts'
import type { OptionsReply } from './options-protocol.ts'
import { resolveMocha } from './resolve-mocha.ts'

type MochaSpec = Extract<RunnerSpec, { name: 'mocha' }>
type Options = Extract<OptionsReply, { ok: true }>

/** What a suite's folder says of it; the same for all its parts. */
export interface MochaSuiteFiles {
  /** Absolute. */
  readonly cwd: string
  readonly mocha: MochaFiles
  /** What Muster adds to the user's config. */
  readonly argv: readonly string[]
  readonly options: Options
  /** Absolute, in running order; at least one. */
  readonly tests: readonly string[]
  /** The config names its own files: `used` by this suite, or `replaced` by the suite's include. */
  readonly spec: 'none' | 'used' | 'replaced'
}

/** Mocha, its options and the test files of a suite. */
export async function findSuite(
  suite: Suite,
  context: RunnerContext,
): Promise<Result<MochaSuiteFiles, PrepareProblem>> {
  const cwd = resolve(context.root, suite.dir)
  const mocha = resolveMocha(cwd)
  if (!mocha.ok) return mocha
  const argv = argvOf(suite.runner as MochaSpec, cwd)
  const options = await readOptions(suite, context, mocha.value, cwd, argv)
  if (!options.ok) return options
  const found = await testsOf(suite, cwd, options.value)
  if (!found.ok) return found
  return ok({ cwd, mocha: mocha.value, argv, options: options.value, ...found.value })
}

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
  const reply = await cachedOptions(context.cacheDir, mocha, request, (parties) =>
    askOptions(request, parties),
  )
  if (reply.ok) return ok(reply)
  return err({
    type: 'environment',
    message: `mocha can't read the options of suite ${suite.id}: ${reply.message}`,
    fix: `Correct the mocha configuration that applies in ${suite.dir}, or "options" in ${suite.source}.`,
  })
}

/** The suite's own globs; a config's `spec` when suite.json gives none. */
async function testsOf(
  suite: Suite,
  cwd: string,
  options: Options,
): Promise<Result<Pick<MochaSuiteFiles, 'tests' | 'spec'>, PrepareProblem>> {
  const hasSpec = options.spec.length > 0
  const used = hasSpec && options.files !== null
  const tests = used
    ? (options.files ?? [])
    : await findFiles(cwd, suite.include, [...suite.exclude, ...strings(options.options['ignore'])])
  if (tests.length === 0) {
    const globs = (used ? options.spec : suite.include).join(', ')
    return err({ type: 'no-files', message: `No test file matches ${globs} in ${cwd}.` })
  }
  return ok({ tests, spec: used ? 'used' : hasSpec ? 'replaced' : 'none' })
}

/** suite.json has no `include`; the graph then fills in the default. */
const hasDefaultInclude = ({ include }: Suite): boolean =>
  include.length === 0 || (include.length === 1 && include[0] === MOCHA_INCLUDE[0])

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
