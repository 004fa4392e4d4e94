/* The running of suites without a coordinator process around it. */
export { writeEvidence } from './evidence/evidence-store.ts'
export { openMemory, type Memory } from './evidence/suite-memory.ts'
export { systemClock, type Clock } from './journal/clock.ts'
export { createDispatcher, type Dispatcher, type Sink } from './journal/dispatcher.ts'
export { openJournal, type JournalWriter } from './journal/journal-writer.ts'
export { openRun } from './journal/run-store.ts'
export { openMachineSemaphores, type MachineSemaphores } from './machine/machine-semaphores.ts'
export { Conductor } from './run/conductor.ts'
export type { ConductorOptions } from './run/conductor-options.ts'
export type { SuiteRequest } from './run/suite-request.ts'
export { createSuiteLog } from './run/suite-log.ts'
export {
  createUnitRunner,
  type RunningUnit,
  type UnitRunner,
  type UnitRunnerOptions,
} from './run/unit-runner.ts'
