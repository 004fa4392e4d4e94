import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  SCHEDULING_DEFAULTS,
  runId,
  suiteId,
  type Outcome,
  type PlannedSuite,
  type RunEvent,
  type RunId,
  type Suite,
  type TestCase,
} from '@muster/model'
import type { AttemptEnd } from '@muster/workers'
import type { JournalWriter } from '../src/journal/journal-writer.ts'
import type { UnitExecution } from '../src/run/unit-execution.ts'
import type { RunningUnit, UnitRunner } from '../src/run/unit-runner.ts'

export const RUN: RunId = runId(new Date('2026-01-31T15:45:01Z'), '3f9a1c')

/** A folder that is gone after the test. */
export async function inScratch(use: (root: string) => Promise<void> | void): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'muster-engine-'))
  try {
    await use(root)
  } finally {
    // A coordinator may still bring its history up to date.
    rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    left.add(root)
  }
}

/** Folders that somebody may write to once more: what mocha has said of its options is saved a moment later. */
const left = new Set<string>()
process.once('exit', () => {
  for (const root of left) rmSync(root, { recursive: true, force: true })
})

const CACHE = path.join(tmpdir(), 'muster-engine-tests')

/** Packs of mocha are kept, as they are between a user's runs: each test would leave behind who builds another. */
export function keepCache(root: string): void {
  mkdirSync(CACHE, { recursive: true })
  mkdirSync(path.join(root, '.muster'), { recursive: true })
  const link = path.join(root, '.muster/cache')
  if (!existsSync(link)) symlinkSync(CACHE, link, 'dir')
}

/** Looks until there is something; a look that throws found nothing. Gives up, loudly, after 30 s. */
export async function found<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 3000; tries++) {
    const it = await Promise.resolve()
      .then(look)
      .catch(() => undefined)
    if (it !== undefined) return it
    await delay(10)
  }
  throw new Error(`it never came: ${look.toString()}`)
}

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** A scratch folder in which this repository's packages are found. Whoever was started there has to leave by himself. */
export const inWorkspace = (use: (root: string) => Promise<void>): Promise<void> =>
  inScratch(async (root) => {
    symlinkSync(MODULES, path.join(root, 'node_modules'), 'dir')
    keepCache(root)
    await use(root)
    await found(async () => ((await isInUse(root)) ? undefined : true))
  })

/** Whether it is some process's working folder; not known without `/proc`. */
async function isInUse(root: string): Promise<boolean> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
  return folders.includes(root)
}

export function suite(name: string, more: Partial<Suite> = {}): Suite {
  return {
    id: suiteId(name),
    kind: 'unit',
    priority: 'medium',
    dir: `suites/${name}`,
    source: `suites/${name}/suite.json`,
    runner: { name: 'command', command: 'true', results: { format: 'exit-code' } },
    include: [],
    exclude: [],
    covers: [],
    dependsOn: [],
    inputs: [],
    outputs: [],
    env: [],
    timeoutMs: 1000,
    slowAfterMs: 1000,
    isolation: 'auto',
    allowNoTests: false,
    ...SCHEDULING_DEFAULTS,
    ...more,
  }
}

export const planned = (name: string): PlannedSuite => ({
  suite: suiteId(name),
  kind: 'unit',
  dependsOn: [],
  task: `${name}:test`,
  priority: 'medium',
  phase: 0,
  estimateMs: 1,
  score: { total: 0, parts: [] },
})

/** What a coordinator is told when nobody says anything. */
export const SETTINGS = {
  command: 'test',
  workers: 1,
  failFast: false,
  objective: 'balanced',
  semaphores: {},
  labels: [],
  useEarlierAnswers: true,
} as const

/** Keeps events in memory. */
export function memoryJournal(): JournalWriter & { readonly events: RunEvent[] } {
  const events: RunEvent[] = []
  return {
    events,
    unwritten: [],
    append: (event) => void events.push(event),
    sync: () => {},
    close: async () => {},
  }
}

/** A unit runner whose units end when the test says so. */
export class ScriptedUnits {
  readonly started: string[] = []
  readonly stopped: string[] = []
  readonly #open = new Map<string, (end: ScriptedEnd) => void>()

  /** Thrown instead of starting anything. */
  fail: Error | undefined

  readonly executions: UnitExecution[] = []

  readonly start: UnitRunner = (execution): RunningUnit => {
    if (this.fail) throw this.fail
    const { attempts, unit } = execution
    const { id } = unit
    this.started.push(id)
    this.executions.push(execution)
    // As every unit does before its tests.
    void execution.steps?.setUp()
    const ended = new Promise<ScriptedEnd>((resolve) => this.#open.set(id, resolve))
    return {
      done: ended.then(({ outcome, cases = [] }) => {
        attempts.push({ isolation: 'process', end: attemptEnd(outcome), cases, startedAt: 1 })
        return outcome
      }),
      stop: (reason) => {
        this.stopped.push(id)
        this.#open.get(id)?.({ outcome: { status: 'aborted', reason } })
      },
      kill: () => {},
    }
  }

  async end(
    unit: string,
    outcome: Outcome = { status: 'passed' },
    cases: readonly TestCase[] = [],
  ): Promise<void> {
    await eventually(() => this.#open.has(unit))
    const finish = this.#open.get(unit)
    if (!finish) throw new Error(`${unit} is not running`)
    this.#open.delete(unit)
    finish({ outcome, cases })
    await settle()
  }

  /** What comes before and after a unit touches the disk. */
  async haveStarted(names: readonly string[]): Promise<void> {
    await eventually(() => this.started.length >= names.length)
    assert.deepEqual(this.started, names)
  }
}

interface ScriptedEnd {
  readonly outcome: Outcome
  readonly cases?: readonly TestCase[]
}

function attemptEnd(outcome: Outcome): AttemptEnd {
  const nothing = { data: Buffer.alloc(0), totalBytes: 0 }
  return { outcome, durationMs: 5, stdout: nothing, stderr: nothing, notes: [] }
}

/** Waits for what comes by itself, for ten seconds; the assertion that follows says what is missing. */
export async function eventually(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!isSo() && Date.now() < deadline) await delay(1)
}

/** Lets everything that is ready run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
