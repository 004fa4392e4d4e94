import { join } from 'node:path'
import { err, ok, type Result, type Suite, type UnitPart } from '@muster/model'
import type { InProcessProgram, PrepareProblem, Runner, RunnerContext } from '../runner.ts'
import { siblingModule } from '../sibling-module.ts'
import { onPath } from '../tool/on-path.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { toolCpus } from '../tool/tool-cpus.ts'
import type { ToolInput } from '../tool/tool-input.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { cargoArguments, type CargoArguments } from './cargo-arguments.ts'
import type { CargoReaderInput } from './cargo-reader.ts'

const WITHIN_MS = 60_000

/**
 * Runs the tests of a package or a workspace of Rust. It has no files to deal out: cargo builds and locks one target
 * folder for all, and its test binaries run their tests side by side by themselves.
 */
export const cargoRunner: Runner = {
  name: 'cargo',

  version: async (suite, { root, env }) => {
    const { nextest } = cargoArguments(suite, {})
    const missing = findMissing(nextest, env)
    if (missing) return err(missing)
    const options = { cwd: join(root, suite.dir), env, timeoutMs: WITHIN_MS }
    const asked = [['--version'], ...(nextest ? [['nextest', '--version']] : [])]
    const said = await Promise.all(asked.map((args) => runForOutput('cargo', args, options)))
    const failed = said.find((each) => !each.ok)
    if (failed && !failed.ok) {
      const message = `cargo fails: ${failed.error}`
      return err({
        type: 'environment',
        message,
        fix: `Make this work: (cd ${suite.dir} && cargo --version)`,
      })
    }
    // `cargo 1.95.0 (f2d3ce0bd 2026-03-21)`
    const versions = said.map((each) => (each.ok ? (/\d+\.\d+\S*/.exec(each.value)?.[0] ?? '') : ''))
    return ok(versions.join(', nextest '))
  },

  prepare: (suite, context, part = {}) => Promise.resolve(program(suite, context, part)),
}

function program(
  suite: Suite,
  context: RunnerContext,
  part: UnitPart,
): Result<InProcessProgram, PrepareProblem> {
  const { root, env, coverageDir } = context
  const asked = cargoArguments(suite, part)
  const missing = findMissing(asked.nextest, env)
  if (missing) return err(missing)
  const { nextest, args, rest } = asked
  const covers = coverageDir !== undefined && onPath('cargo-llvm-cov', env)
  const first = covers
    ? ['llvm-cov', ...(nextest ? ['nextest'] : [])]
    : nextest
      ? ['nextest', 'run']
      : ['test']
  const report = covers ? ['--lcov', '--output-path', join(coverageDir, 'lcov.info')] : []
  const told = nextest ? NEXTEST : TEST
  const ending = rest.length > 0 ? ['--', ...rest] : []
  const input: CargoReaderInput = { root, ...(part.cases && { cases: part.cases }) }
  const tool: Omit<ToolInput, 'cwd'> = {
    name: nextest ? 'cargo nextest' : 'cargo test',
    argv: ['cargo', ...first, ...report, ...told.args, ...args, ...ending],
    env: { CARGO_TERM_COLOR: 'never', ...told.env(suite, env) },
    reader: {
      module: siblingModule(import.meta.url, told.reader),
      input,
      ...(told.merged && { merged: true }),
    },
  }
  const typed = ['cargo', ...(nextest ? ['nextest', 'run'] : ['test']), ...args, ...ending]
  return ok(
    toolProgram(
      suite,
      context,
      tool,
      typed,
      notesOf(asked, suite, part, coverageDir !== undefined && !covers),
    ),
  )
}

type Environment = RunnerContext['env']

interface Spoken {
  readonly args: readonly string[]
  readonly reader: string
  readonly merged: boolean
  env(suite: Suite, env: Environment): Readonly<Record<string, string>>
}

const TEST: Spoken = {
  args: ['--message-format=json'],
  reader: 'cargo-reader',
  merged: true,
  env: (suite, env) => (env['RUST_TEST_THREADS'] ? {} : { RUST_TEST_THREADS: String(toolCpus(suite)) }),
}

const NEXTEST: Spoken = {
  args: ['--message-format=libtest-json-plus', '--no-tests=pass'],
  reader: 'nextest-reader',
  merged: false,
  env: (suite, env) => ({
    NEXTEST_EXPERIMENTAL_LIBTEST_JSON: '1',
    ...(!env['NEXTEST_TEST_THREADS'] && { NEXTEST_TEST_THREADS: String(toolCpus(suite)) }),
  }),
}

function notesOf(
  { notes }: CargoArguments,
  { include, exclude }: Suite,
  part: UnitPart,
  uncovered: boolean,
): string[] {
  return [
    ...notes,
    ...(include.length + exclude.length > 0
      ? ['include and exclude have no effect: choose targets in args, such as ["--test", "it"]']
      : []),
    ...(part.files ? ['runs whole: cargo has no test files to choose from'] : []),
    ...(uncovered ? ['no coverage: install cargo-llvm-cov'] : []),
  ]
}

function findMissing(nextest: boolean, env: Environment): PrepareProblem | undefined {
  if (!onPath('cargo', env)) {
    const message = 'cargo is not installed: there is no cargo command in PATH.'
    return {
      type: 'environment',
      message,
      fix: 'Install Rust (rustup, or Debian: cargo), or add it to PATH.',
    }
  }
  if (!nextest || onPath('cargo-nextest', env)) return undefined
  const message = 'cargo nextest is not installed, and the args of the suite ask for it.'
  return { type: 'environment', message, fix: 'Install cargo-nextest, or take "nextest" out of the args.' }
}
