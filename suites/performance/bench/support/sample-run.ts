import {
  attemptId,
  RUN_EVENT_VERSION,
  runId,
  suiteId,
  unitId,
  type RunEvent,
  type RunEventBody,
  type TestCase,
} from '@muster/model'

const AT = Date.UTC(2026, 0, 31, 12)

/** A case of a suite; each twentieth has failed. */
export const sampleCase = (index: number): TestCase => ({
  path: ['shop', `group ${index % 40}`, `case ${index}`],
  file: `libs/shop/test/part-${index % 25}.test.ts`,
  status: index % 20 === 7 ? 'failed' : 'passed',
  durationMs: (index * 7) % 90,
  ...(index % 20 === 7 && {
    error: { message: `expected ${index}`, stack: `Error: expected ${index}\n    at x` },
  }),
})

/** The events of a run of `suites` suites with `cases` cases each, as a journal holds them. */
export function sampleEvents(suites: number, cases: number): readonly RunEvent[] {
  return bodies(suites, cases).map(stamped)
}

const RUN = runId(new Date(AT), 'abc123')

const stamped = (body: RunEventBody, seq: number): RunEvent => ({
  v: RUN_EVENT_VERSION,
  runId: RUN,
  seq,
  at: AT + seq,
  ...body,
})

function bodies(suites: number, cases: number): readonly RunEventBody[] {
  return Array.from({ length: suites }, (_, index): RunEventBody[] => {
    const suite = suiteId(`suite-${index}`)
    const unit = unitId(suite)
    const attempt = attemptId(unit, 1)
    return [
      { kind: 'unit-queued', unit, suite, estimateMs: 100 },
      {
        kind: 'attempt-started',
        attempt,
        unit,
        suite,
        worker: 0,
        isolation: 'thread',
        reproduce: 'npx mocha',
      },
      ...Array.from({ length: cases }, (_each, nth): RunEventBody => ({
        kind: 'case-finished',
        attempt,
        case: sampleCase(nth),
      })),
      { kind: 'attempt-finished', attempt, outcome: { status: 'failed', failures: 1 }, durationMs: 90 },
      { kind: 'unit-finished', unit, suite, outcome: { status: 'failed', failures: 1 } },
    ]
  }).flat()
}
