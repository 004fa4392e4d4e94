import * as fc from 'fast-check'
import type { Outcome, TestCase } from '@muster/model'

/** A suite.json as somebody might write it, and what its tests will do. */
export interface SuiteStory {
  readonly declaration: {
    readonly name: string
    readonly kind: string
    readonly priority: string
    readonly dependsOn: readonly unknown[]
  }
  readonly outcome: Outcome
  readonly cases: readonly TestCase[]
  /** Told by an attempt in a thread that the process then overrules. */
  readonly before: readonly TestCase[] | null
  /** A run that was cut off has finished it; with the content it has now, or with another. */
  readonly earlier: 'no' | 'same' | 'other'
}

/** What happens to a workspace in one run. */
export interface Story {
  readonly suites: readonly SuiteStory[]
  readonly workers: number
  readonly failFast: boolean
  /** Suites in each slice; Nx asks for the last ones again with every slice. */
  readonly slices: readonly number[]
  /** Each picks one of the things that could happen next. */
  readonly choices: readonly number[]
  readonly stops: boolean
}

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
const failedCase: fc.Arbitrary<TestCase> = fc.record({
  path: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 2 }),
  status: fc.constant('failed' as const),
  durationMs: fc.nat(5000),
  error: fc.record({ message: fc.string(), stack: fc.string() }),
})
const good = fc.array(testCase, { maxLength: 4 })

const ending: fc.Arbitrary<Pick<SuiteStory, 'outcome' | 'cases'>> = fc.oneof(
  { weight: 4, arbitrary: good.map((cases) => ({ outcome: { status: 'passed' } as const, cases })) },
  {
    weight: 2,
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

const declaration = (own: string): fc.Arbitrary<SuiteStory['declaration']> =>
  fc.record({
    name: fc.constant(own),
    kind,
    priority: fc.constantFrom('critical', 'high', 'medium', 'low'),
    // Also itself, in circles, and suites that aren't there: the graph leaves such edges out and says so.
    dependsOn: fc.array(fc.oneof(name, fc.record({ suite: name }), fc.record({ kind })), { maxLength: 2 }),
  })

const suiteStory = (own: string): fc.Arbitrary<SuiteStory> =>
  fc
    .record({
      declaration: declaration(own),
      ending,
      before: fc.option(fc.array(fc.oneof(testCase, failedCase), { maxLength: 2 })),
      earlier: fc.constantFrom('no' as const, 'no' as const, 'same' as const, 'other' as const),
    })
    .map(({ ending: { outcome, cases }, declaration: declared, before, earlier }) => ({
      declaration: declared,
      before,
      earlier,
      outcome,
      cases,
    }))

export const story: fc.Arbitrary<Story> = fc.record({
  suites: fc.subarray(NAMES).chain((names) => fc.tuple(...names.map(suiteStory))),
  workers: fc.integer({ min: 1, max: 3 }),
  failFast: fc.boolean(),
  slices: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
  choices: fc.array(fc.nat(1000), { maxLength: 60 }),
  stops: fc.boolean(),
})
