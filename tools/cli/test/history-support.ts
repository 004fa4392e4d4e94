import path from 'node:path'
import { openHistory } from '@muster/history'
import {
  addCounts,
  countCases,
  NO_COUNTS,
  RUN_RECORD_VERSION,
  type RunRecord,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'

const HOUR = 3_600_000

const aCase = (name: string, more: Partial<TestCase> = {}): TestCase => ({
  path: ['group', name],
  file: 'a/x.test.ts',
  status: 'passed',
  durationMs: 3,
  ...more,
})

export function aSuite(cases: readonly TestCase[], more: Partial<SuiteRecord> = {}): SuiteRecord {
  const counts = countCases(cases)
  const status = counts.failed > 0 ? 'failed' : 'passed'
  return {
    name: 'unit-core',
    kind: 'unit',
    status,
    cached: false,
    from: null,
    hash: '11807290117021',
    ...counts,
    durationMs: 1234,
    slow: false,
    unstable: false,
    dependsOn: [],
    plan: { priority: 'medium', phase: 0, estimateMs: 1100, score: { total: 5, parts: [] } },
    units: [],
    attempts: [
      {
        unit: 'unit-core',
        ordinal: 1,
        worker: 0,
        isolation: 'thread',
        startedAt: 0,
        durationMs: 1234,
        status,
        usage: {
          cpuMs: 900,
          averageCpus: 0.8,
          peakCpus: 1.5,
          averageMemoryBytes: 5e7,
          peakMemoryBytes: 123e6,
          readBytes: 0,
          writtenBytes: 0,
          samples: 5,
        },
      },
    ],
    cases,
    ...more,
  }
}

export function aRun(nth: number, suite: SuiteRecord, more: Partial<RunRecord> = {}): RunRecord {
  const startedAt = Date.now() - (30 - nth) * HOUR
  const iso = new Date(startedAt).toISOString()
  return {
    version: RUN_RECORD_VERSION,
    runId: `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 19).replaceAll(':', '')}-abc123`,
    workspace: 'w',
    command: 'nx run-many -t test',
    muster: '0.1.0',
    node: 'v20.20.2',
    platform: 'linux-x64',
    workers: 2,
    machine: 'm',
    objective: 'balanced',
    capacity: { workers: 2, cpus: 2, memoryBytes: 0, semaphores: {}, labels: [] },
    utilisation: 0.75,
    startedAt,
    finishedAt: startedAt + 2000,
    complete: true,
    verdict: suite.status === 'passed' ? 'passed' : 'failed',
    totals: { suites: 1, ...addCounts(NO_COUNTS, suite) },
    notes: [],
    suites: [suite],
    ...more,
  }
}

/** Five runs: `x` is flaky in two ways, `win` fails on Windows, `broken` is broken in a change of its own. */
export async function fillHistory(root: string): Promise<void> {
  const opened = await openHistory({ file: path.join(root, '.muster/history.db') })
  if (!opened.ok) throw new Error(opened.error.message)
  const failed = (name: string, message: string): TestCase =>
    aCase(name, { status: 'failed', error: { message } })
  const fine = [aCase('stays'), aCase('win')]
  const late = aCase('x', { attempts: 2, earlierErrors: [{ message: 'late' }] })
  const runs = [
    aRun(1, aSuite([aCase('x'), ...fine])),
    aRun(2, aSuite([failed('x', 'expected 1,\ngot 2'), ...fine])),
    aRun(3, aSuite([late, ...fine], { unstable: true })),
    aRun(4, aSuite([aCase('x'), aCase('stays'), failed('win', 'EPERM')]), { platform: 'win32-x64' }),
    aRun(5, aSuite([failed('broken', 'no'), aCase('x'), ...fine], { hash: 'other' })),
  ]
  for (const run of runs) {
    const done = await opened.value.ingest(run)
    if (!done.ok) throw new Error(done.error.message)
  }
  await opened.value.close()
}
