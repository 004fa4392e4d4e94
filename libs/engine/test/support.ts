import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  runId,
  suiteId,
  type Outcome,
  type RunEvent,
  type RunId,
  type Suite,
  type SuiteId,
} from '@muster/model'
import type { JournalWriter } from '../src/journal/journal-writer.ts'
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
  }
}

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** A scratch folder in which this repository's packages are found. */
export const inWorkspace = (use: (root: string) => Promise<void>): Promise<void> =>
  inScratch(async (root) => {
    symlinkSync(MODULES, path.join(root, 'node_modules'), 'dir')
    await use(root)
  })

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
    ...more,
  }
}

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
  readonly #open = new Map<SuiteId, (outcome: Outcome) => void>()

  readonly start: UnitRunner = ({ suite: { id } }): RunningUnit => {
    this.started.push(id)
    return {
      done: new Promise((resolve) => this.#open.set(id, resolve)),
      stop: (reason) => {
        this.stopped.push(id)
        this.#open.get(id)?.({ status: 'aborted', reason })
      },
      kill: () => {},
    }
  }

  async end(name: string, outcome: Outcome = { status: 'passed' }): Promise<void> {
    const finish = this.#open.get(suiteId(name))
    if (!finish) throw new Error(`${name} is not running`)
    finish(outcome)
    await settle()
  }
}

/** Lets everything that is ready run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
