import { isMainThread } from 'node:worker_threads'
import type { RunUnit, UnitMessage } from '../runner.ts'
import { caseError } from '../case-error.ts'
import { ensureCwd } from './ensure-cwd.ts'
import type { MochaInput } from './input.ts'
import { lateFaults } from './late-faults.ts'
import { trackModules } from './load-files.ts'
import { type LoadedUnit, loadUnit } from './load-unit.ts'
import type { MochaEventSource, MochaStats } from './mocha-api.ts'

/** Looked at before the tests run: in a thread they are shown a main thread. */
const HAS_PROCESS = isMainThread

/** Runs one mocha suite in this thread or process. Mirrors what `mocha`'s command line does between parsing and exit. */
export const runUnit: RunUnit = async (input, emit) => {
  const unit = input as MochaInput
  const wrongCwd = ensureCwd(unit.cwd)
  if (wrongCwd !== undefined) return emit({ type: 'error', message: wrongCwd, environment: true })
  // As mocha's command line does; tests may look at whole stacks.
  Error.stackTraceLimit = Infinity
  const stopCoverage =
    unit.coverageDir === undefined ? undefined : await startCoverage(unit.root, unit.coverageDir)
  const forgetModules = trackModules()
  try {
    await run(await loadUnit(unit, emit), unit, emit)
  } catch (thrown) {
    // Only loading rejects: a file that throws, a bad option.
    emit({ type: 'error', ...loadError(thrown) })
  } finally {
    forgetModules()
    stopCoverage?.()
  }
}

/** Loaded when it is wanted: an inspector costs every other unit a millisecond. */
const startCoverage = async (root: string, dir: string): Promise<() => void> =>
  (await import('./v8-coverage.ts')).startV8Coverage(root, dir)

/** Never rejects: what goes wrong here is emitted, or kills the process as it would kill mocha's. */
async function run(
  loaded: LoadedUnit,
  unit: MochaInput,
  emit: (message: UnitMessage) => void,
): Promise<void> {
  const faults = lateFaults(emit)
  let settle: (fault: UnitMessage | undefined) => void
  const finished = new Promise<UnitMessage | undefined>((resolve) => (settle = resolve))
  const runner: MochaEventSource = loaded.mocha.run((failures) =>
    settle(disagreement(failures, loaded.stats())),
  )
  const watched = loaded.watches.map((watch) => watch(runner))
  const fault = await Promise.race([finished, loaded.fixtureError])
  const stats = loaded.stats()
  if (fault !== undefined) emit(fault)
  if (stats !== undefined) {
    const lastWords: ReturnType<(typeof watched)[number]> = {}
    for (const told of watched) Object.assign(lastWords, told())
    emit({
      type: 'end',
      counts: { passed: stats.passes, failed: stats.failures, skipped: stats.pending },
      ...lastWords,
    })
  }
  if (unit.options['exit'] !== true) await faults.linger()
  if (HAS_PROCESS) overruleExitCode()
  faults.stop()
  runner.dispose()
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
