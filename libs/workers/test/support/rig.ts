import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { attemptId, suiteId, unitId, type ActualIsolation, type TestCase } from '@muster/model'
import type { UnitProgram } from '@muster/runners'
import {
  createPool,
  type RunningAttempt,
  type WorkerPool,
  type WorkerPoolOptions,
  type WorkOrder,
} from '@muster/workers'

const here = dirname(fileURLToPath(import.meta.url))
export const ROOT = join(here, '../../../..')
export const ENTRY = join(here, '../fixtures/entry.mjs')
export const ENV = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
)

/** A pool that is closed when the test is over, however it ends. */
export async function withPool(
  options: Partial<WorkerPoolOptions>,
  use: (pool: WorkerPool) => Promise<void>,
): Promise<void> {
  const pool = createPool({ workers: 1, root: ROOT, env: ENV, graceMs: 200, ...options })
  try {
    await use(pool)
  } finally {
    await pool.close()
  }
}

export const action = (name: string, ...args: unknown[]): UnitProgram => ({
  type: 'in-process',
  cwd: tmpdir(),
  reproduce: '',
  entry: ENTRY,
  input: { action: name, args },
  nodeOptions: [],
})

export const command = (line: string, changes: Partial<UnitProgram> = {}): UnitProgram =>
  ({
    type: 'command',
    cwd: tmpdir(),
    reproduce: line,
    command: line,
    results: { format: 'exit-code' },
    ...changes,
  }) as UnitProgram

export type Started = RunningAttempt & {
  readonly cases: TestCase[]
  /** Resolves at the first case; the test has begun then. */
  readonly firstCase: Promise<TestCase>
  readonly slow: Promise<void>
  slowCalls: number
}

function signal<T>(): { readonly promise: Promise<T>; give(value: T): void } {
  let resolve: ((value: T) => void) | undefined
  const promise = new Promise<T>((settle) => (resolve = settle))
  return { promise, give: (value) => resolve?.(value) }
}

export function start(
  pool: WorkerPool,
  program: UnitProgram,
  isolation: ActualIsolation = 'thread',
  changes: Partial<WorkOrder> = {},
): Started {
  const cases: TestCase[] = []
  const firstCase = signal<TestCase>()
  const slow = signal<void>()
  const attempt = attemptId(unitId(suiteId('rig')), 1)
  const order = {
    slot: 0,
    attempt,
    program,
    isolation,
    timeoutMs: 60_000,
    slowAfterMs: 60_000,
    allowNoTests: false,
    env: ENV,
    ...changes,
  }
  const started = {
    cases,
    firstCase: firstCase.promise,
    slow: slow.promise,
    slowCalls: 0,
    ...pool.run(order, {
      case(testCase) {
        cases.push(testCase)
        firstCase.give(testCase)
      },
      slow() {
        started.slowCalls++
        slow.give()
      },
    }),
  }
  return started
}

// Hosts run from dist: it must be what the sources say.
before(function () {
  this.timeout(60_000)
  execFileSync(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-b',
    join(here, '../../tsconfig.lib.json'),
  ])
})
