import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { RunUnit, UnitMessage } from '../runner.ts'
import { caseError } from './case-error.ts'
import { caseReporter } from './case-reporter.ts'
import { ensureCwd } from './ensure-cwd.ts'
import { watchFixtures } from './fixtures.ts'
import type { MochaInput, RegExpJson } from './input.ts'
import { lateFaults } from './late-faults.ts'
import { loadFiles, trackModules } from './load-files.ts'
import { loadMocha } from './load-mocha.ts'
import { loadPlugins } from './load-plugins.ts'
import type { MochaInstance, MochaModules, MochaStats } from './mocha-api.ts'

/** Looked at before the tests run: in a thread they are shown a main thread. */
const HAS_PROCESS = isMainThread

/** Runs one mocha suite in this thread or process. Mirrors what `mocha`'s command line does between parsing and exit. */
export const runUnit: RunUnit = async (input, emit) => {
  const unit = input as MochaInput
  const wrongCwd = ensureCwd(unit.cwd)
  if (wrongCwd !== undefined) return emit({ type: 'error', message: wrongCwd, environment: true })
  // As mocha's command line does; tests may look at whole stacks.
  Error.stackTraceLimit = Infinity
  const forgetModules = trackModules()
  try {
    await run(await load(unit, emit), unit, emit)
  } catch (thrown) {
    // Only loading rejects: a file that throws, a bad option.
    emit({ type: 'error', ...loadError(thrown) })
  } finally {
    forgetModules()
  }
}

interface Loaded {
  readonly mocha: MochaInstance
  readonly fixtureError: Promise<UnitMessage>
  readonly stats: () => MochaStats | undefined
}

async function load(unit: MochaInput, emit: (message: UnitMessage) => void): Promise<Loaded> {
  const modules: MochaModules = loadMocha(unit.mocha, unit.pack)
  const plugins = await loadPlugins(modules, strings(unit.options['require']))
  loadInterface(modules, unit.options['ui'], unit.cwd)
  const fixtures = watchFixtures(plugins)
  let stats: MochaStats | undefined
  const mocha = new modules.Mocha({
    ...unit.options,
    ...fixtures.plugins,
    ...grepOption(unit.options['grep']),
    reporter: caseReporter(unit.root, emit, (final) => (stats = final)),
  })
  await loadFiles(mocha, unit.files)
  return { mocha, fixtureError: fixtures.failed, stats: () => stats }
}

/** Never rejects: what goes wrong here is emitted, or kills the process as it would kill mocha's. */
async function run(loaded: Loaded, unit: MochaInput, emit: (message: UnitMessage) => void): Promise<void> {
  const faults = lateFaults(emit)
  let runner: ReturnType<MochaInstance['run']> | undefined
  const finished = new Promise<UnitMessage | undefined>((settle) => {
    runner = loaded.mocha.run((failures) => settle(disagreement(failures, loaded.stats())))
  })
  const fault = await Promise.race([finished, loaded.fixtureError])
  const stats = loaded.stats()
  if (fault !== undefined) emit(fault)
  if (stats !== undefined) {
    emit({
      type: 'end',
      counts: { passed: stats.passes, failed: stats.failures, skipped: stats.pending },
    })
  }
  if (unit.options['exit'] !== true) await faults.linger()
  if (HAS_PROCESS) overruleExitCode()
  faults.stop()
  runner?.dispose()
}

/**
 * Mocha's command line sets the exit code to the number of failures as the very last, so that neither
 * `process.exitCode` nor exit handlers of the tests decide. The failures were told; what is left to say is
 * that nothing else went wrong.
 */
function overruleExitCode(): void {
  // Not 0: an exit handler that throws would then end the process with it.
  process.exitCode = undefined
  process.once('exit', () => (process.exitCode = 0))
}

/** Mocha's last word is the number it would exit with; it must be the number of failures it told. */
function disagreement(failures: number, stats: MochaStats | undefined): UnitMessage | undefined {
  if (stats === undefined) return { type: 'error', message: 'mocha ended without running the tests' }
  if (failures <= stats.failures) return undefined
  const zero = stats.passes + stats.failures + stats.pending === 0
  const reason = zero ? 'no test ran, and failZero is set' : `it counted ${stats.failures} failed tests`
  return { type: 'error', message: `mocha ended with ${failures} failures: ${reason}` }
}

function loadError(thrown: unknown): { message: string; stack?: string } {
  const { message, stack } = caseError(thrown)
  return { message, ...(stack !== undefined && { stack }) }
}

/** A `ui` that isn't mocha's own is a package or a file; mocha looks it up by name when it is constructed. */
function loadInterface({ Mocha }: MochaModules, ui: unknown, cwd: string): void {
  if (typeof ui !== 'string' || ui in Mocha.interfaces) return
  const require = createRequire(join(cwd, 'package.json'))
  Mocha.interfaces[ui] = require(existsSync(ui) ? resolve(ui) : ui)
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

function grepOption(grep: unknown): { grep?: RegExp } {
  if (typeof grep !== 'object' || grep === null) return {}
  const { source, flags } = grep as RegExpJson
  return { grep: new RegExp(source, flags) }
}
