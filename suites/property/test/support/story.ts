import * as fc from 'fast-check'
import { OBJECTIVES, type HaltPolicy, type Objective, type Outcome, type TestCase } from '@muster/model'

/** What one execution of a unit comes to. */
export interface Ending {
  readonly outcome: Outcome
  readonly cases: readonly TestCase[]
}

/** A suite.json as somebody might write it, and what its tests will do. */
export interface SuiteStory {
  readonly declaration: {
    readonly name: string
    readonly kind: string
    readonly priority: string
    readonly dependsOn: readonly unknown[]
    readonly shards: number
    readonly retries: { readonly count: number; readonly delay: string }
    readonly flaky: { readonly verdict: 'pass' | 'fail' }
    readonly halt: HaltPolicy
    readonly setUp?: string
    readonly tearDown?: string
    readonly requires: {
      readonly cpus: number
      readonly labels: readonly string[]
      readonly exclusive: readonly string[]
      readonly semaphores: Readonly<Record<string, number>>
    }
  }
  /** One after the other for all executions of its units; the last one again and again. */
  readonly endings: readonly Ending[]
  /** Told by an attempt in a thread that the process then overrules; the first execution of each unit only. */
  readonly before: readonly TestCase[] | null
  /** A run that was cut off has finished it; with the content it has now, or with another. */
  readonly earlier: 'no' | 'same' | 'other'
}

/** What happens to a workspace in one run. */
export interface Story {
  readonly suites: readonly SuiteStory[]
  readonly workers: number
  readonly cpus: number
  readonly objective: Objective
  readonly failFast: boolean
  /** Suites in each slice; Nx asks for the last ones again with every slice. */
  readonly slices: readonly number[]
  /** Each picks one of the things that could happen next. */
  readonly choices: readonly number[]
  readonly stops: boolean
}

/** Permits of the only semaphore that is declared; others have one. */
export const DATABASE_PERMITS = 2

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const name = fc.constantFrom(...NAMES)
const kind = fc.constantFrom('unit', 'integration', 'e2e')

const testCase: fc.Arbitrary<TestCase> = fc.record(
  {
    path: fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 3 }),
    status: fc.constantFrom('passed' as const, 'skipped' as const),
    durationMs: fc.nat(5000),
    file: fc.constantFrom('libs/a/a.spec.ts', 'b.js'),
    attempts: fc.integer({ min: 2, max: 3 }),
    skipReason: fc.string(),
  },
  { requiredKeys: ['path', 'status', 'durationMs'] },
)
/** Of a name that comes again in other executions, and then passes or fails. */
const familiar = <Status extends TestCase['status']>(status: Status) =>
  fc.record({
    path: fc.constantFrom(['login'], ['shop', 'pays']),
    status: fc.constant(status),
    durationMs: fc.nat(5000),
  })
const failedCase: fc.Arbitrary<TestCase> = fc.oneof(
  fc.record({
    path: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 2 }),
    status: fc.constant('failed' as const),
    durationMs: fc.nat(5000),
    error: fc.record({ message: fc.string(), stack: fc.string() }),
  }),
  familiar('failed'),
)
const good = fc.array(fc.oneof(testCase, familiar('passed')), { maxLength: 4 })

const ending: fc.Arbitrary<Ending> = fc.oneof(
  { weight: 4, arbitrary: good.map((cases) => ({ outcome: { status: 'passed' } as const, cases })) },
  {
    weight: 3,
    arbitrary: fc.tuple(good, fc.array(failedCase, { minLength: 1, maxLength: 3 })).map(([some, failed]) => ({
      outcome: { status: 'failed', failures: failed.length } as const,
      cases: [...some, ...failed],
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      cases: good,
      outcome: fc.constantFrom<Outcome>(
        { status: 'crashed', message: 'gone', exitCode: null, signal: 'SIGSEGV' },
        { status: 'timed-out', limitMs: 5 },
        { status: 'environment-error', message: 'no mocha', fix: 'Install it.' },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ outcome: { status: 'no-tests', message: 'no test ran' } as const, cases: [] }),
  },
)

const requires: fc.Arbitrary<SuiteStory['declaration']['requires']> = fc.record({
  cpus: fc.constantFrom(0.5, 1, 1, 2, 9),
  labels: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(['nowhere']) },
  ),
  exclusive: fc.subarray(['port:80', 'gpu']),
  semaphores: fc.constantFrom<Record<string, number>>({}, {}, { database: 1 }, { database: 5, license: 1 }),
})

const declaration = (own: string): fc.Arbitrary<SuiteStory['declaration']> =>
  fc.record(
    {
      name: fc.constant(own),
      kind,
      priority: fc.constantFrom('critical', 'high', 'medium', 'low'),
      // Also itself, in circles, and suites that aren't there: the graph leaves such edges out and says so.
      dependsOn: fc.array(fc.oneof(name, fc.record({ suite: name }), fc.record({ kind })), { maxLength: 2 }),
      shards: fc.constantFrom(1, 1, 2, 3),
      retries: fc.record({ count: fc.constantFrom(0, 0, 1, 2), delay: fc.constant('1ms') }),
      flaky: fc.record({ verdict: fc.constantFrom('pass' as const, 'pass' as const, 'fail' as const) }),
      halt: fc.constantFrom<HaltPolicy>('dependents', 'dependents', 'dependents', 'phase', 'run'),
      requires,
      setUp: fc.constant('up'),
      tearDown: fc.constant('down'),
    },
    {
      requiredKeys: [
        'name',
        'kind',
        'priority',
        'dependsOn',
        'shards',
        'retries',
        'flaky',
        'halt',
        'requires',
      ],
    },
  )

const suiteStory = (own: string): fc.Arbitrary<SuiteStory> =>
  fc.record({
    declaration: declaration(own),
    endings: fc.array(ending, { minLength: 1, maxLength: 4 }),
    before: fc.option(fc.array(fc.oneof(testCase, failedCase), { maxLength: 2 })),
    earlier: fc.constantFrom('no' as const, 'no' as const, 'no' as const, 'same' as const, 'other' as const),
  })

export const story: fc.Arbitrary<Story> = fc.record({
  suites: fc.subarray(NAMES).chain((names) => fc.tuple(...names.map(suiteStory))),
  workers: fc.integer({ min: 1, max: 4 }),
  cpus: fc.integer({ min: 1, max: 4 }),
  objective: fc.constantFrom(...OBJECTIVES),
  failFast: fc.constantFrom(false, false, true),
  slices: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
  choices: fc.array(fc.nat(1000), { maxLength: 100 }),
  stops: fc.constantFrom(false, false, true),
})
