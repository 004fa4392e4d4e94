import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  Conductor,
  createDispatcher,
  createSuiteLog,
  createUnitRunner,
  openJournal,
  openMemory,
  openRun,
  systemClock,
  type ConductorOptions,
  type Dispatcher,
  type Memory,
  type SuiteRequest,
} from '@muster/engine/run'
import { runId, type RunId } from '@muster/model'
import { instantPool } from './instant-pool.ts'
import { NO_OP_DIR } from './no-op-suites.ts'
import type { Part } from './parts.ts'
import { forgetful, NO_JOURNAL, PASS_AT_ONCE } from './stand-ins.ts'
import { UnitCounter } from './unit-counter.ts'

export interface NoOps {
  readonly requests: readonly SuiteRequest[]
  /** Names of those that fail. */
  readonly broken: ReadonlySet<string>
}

/**
 * Runs suites that do nothing through the engine as a coordinator has it, with real files below `root`.
 * Resolves when the journal is closed.
 * @param without parts that are left out
 * @param onPlanned called once, when the first unit starts
 */
export async function runNoOps(
  root: string,
  { requests, broken }: NoOps,
  without: ReadonlySet<Part>,
  onPlanned: () => void,
): Promise<void> {
  const run = runId(new Date(), 'bbbbbb')
  mkdirSync(join(root, NO_OP_DIR), { recursive: true })
  openRun(root, run, { pid: process.pid, socket: '' })
  const memory = without.has('memory') ? forgetful(openMemory(root)) : openMemory(root)
  const counter = new UnitCounter(requests.length, onPlanned)
  const dispatcher = openDispatcher(root, run, without, counter)
  const pool = instantPool((attempt) => broken.has(attempt.replace(/@.*$/, '')))
  const parts = { dispatcher, pool, clock: systemClock, semaphores: noSemaphores }
  const startUnit = without.has('unit runner')
    ? PASS_AT_ONCE
    : createUnitRunner({ ...UNIT_OPTIONS, root, memory }, dispatcher, pool, systemClock)
  const conductor = new Conductor(conductorOptions(root, memory), { ...parts, startUnit })
  await conductor.submit(requests)
  await counter.allFinished
  conductor.close()
  await dispatcher.close()
}

function openDispatcher(
  root: string,
  run: RunId,
  without: ReadonlySet<Part>,
  counter: UnitCounter,
): Dispatcher {
  const file = join(root, '.muster', 'runs', run, 'journal.ndjson')
  const journal = without.has('journal') ? NO_JOURNAL : openJournal(file, complain)
  const suiteLog = createSuiteLog(
    () => [],
    () => undefined,
  )
  return createDispatcher(
    run,
    journal,
    systemClock,
    without.has('suite log') ? [counter] : [suiteLog, counter],
  )
}

const WORKERS = 8

const conductorOptions = (root: string, memory: Memory): ConductorOptions => ({
  root,
  memory,
  env: {},
  capacity: { workers: WORKERS, cpus: WORKERS, memoryBytes: 2 ** 34, semaphores: {}, labels: [] },
  machine: 'bench',
  cores: WORKERS,
  objective: 'balanced',
  failFast: false,
  useEarlierAnswers: true,
})

const UNIT_OPTIONS = {
  env: {},
  timeoutMs: undefined,
  quarantine: { loaded: Promise.resolve(), reasonFor: () => undefined, concerns: () => false },
}

const noSemaphores = () => Promise.reject(new Error('no suite here asks for one'))

/** A benchmark of a full disk is none. */
const complain = (message: string): void => {
  throw new Error(message)
}
