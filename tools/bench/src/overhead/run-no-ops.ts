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
  type JournalWriter,
  type Memory,
  type Sink,
  type SuiteRequest,
  type UnitRunner,
} from '@muster/engine/run'
import { runId } from '@muster/model'
import { instantPool } from './instant-pool.ts'
import { NO_OP_DIR } from './no-op-suites.ts'
import type { Part } from './parts.ts'

const WORKERS = 8

/**
 * Runs suites that do nothing through the engine as a coordinator has it, with real files below `root`.
 * Resolves when the journal is closed.
 * @param broken names of suites that fail
 * @param without parts that are left out; the unit runner's stand-in makes no attempts
 * @param onPlanned called once, when the first unit starts
 */
export async function runNoOps(
  root: string,
  requests: readonly SuiteRequest[],
  broken: ReadonlySet<string>,
  without: ReadonlySet<Part>,
  onPlanned: () => void,
): Promise<void> {
  const run = runId(new Date(), 'bbbbbb')
  mkdirSync(join(root, NO_OP_DIR), { recursive: true })
  openRun(root, run, { pid: process.pid, socket: '' })
  const memory = without.has('memory') ? forgetful(openMemory(root)) : openMemory(root)
  let settle: () => void = () => {}
  const allFinished = new Promise<void>((resolve) => (settle = resolve))
  let open = requests.length
  let isPlanned = false
  const counter: Sink = {
    name: 'counter',
    accept({ kind }) {
      if (kind === 'unit-finished' && --open === 0) settle()
      if (kind !== 'attempt-started' && kind !== 'unit-finished') return
      if (!isPlanned) onPlanned()
      isPlanned = true
    },
  }
  const suiteLog = createSuiteLog(
    () => [],
    () => undefined,
  )
  const file = join(root, '.muster', 'runs', run, 'journal.ndjson')
  const journal = without.has('journal') ? NO_JOURNAL : openJournal(file, complain)
  const sinks = without.has('suite log') ? [counter] : [suiteLog, counter]
  const dispatcher = createDispatcher(run, journal, systemClock, sinks)
  const unitOptions = {
    root,
    memory,
    env: {},
    timeoutMs: undefined,
    quarantine: { loaded: Promise.resolve(), reasonFor: () => undefined },
  }
  const pool = instantPool((attempt) => broken.has(attempt.replace(/@.*$/, '')))
  const conductor = new Conductor(
    {
      root,
      memory,
      env: {},
      capacity: { workers: WORKERS, cpus: WORKERS, memoryBytes: 2 ** 34, semaphores: {}, labels: [] },
      machine: 'bench',
      cores: WORKERS,
      objective: 'balanced',
      failFast: false,
      useEarlierAnswers: true,
    },
    {
      dispatcher,
      clock: systemClock,
      pool,
      startUnit: without.has('unit runner')
        ? PASS_AT_ONCE
        : createUnitRunner(unitOptions, dispatcher, pool, systemClock),
      semaphores: () => Promise.reject(new Error('no suite here asks for one')),
    },
  )
  await conductor.submit(requests)
  await allFinished
  conductor.close()
  await dispatcher.close()
}

const NO_JOURNAL: JournalWriter = {
  unwritten: [],
  append: () => undefined,
  sync: () => undefined,
  close: () => Promise.resolve(),
}

const PASS_AT_ONCE: UnitRunner = () => ({
  done: Promise.resolve({ status: 'passed' }),
  stop: () => undefined,
  kill: () => undefined,
})

const forgetful = (memory: Memory): Memory => ({
  of: (suite) => memory.of(suite),
  suites: () => memory.suites(),
  remember: () => undefined,
})

/** A benchmark of a full disk is none. */
const complain = (message: string): void => {
  throw new Error(message)
}
