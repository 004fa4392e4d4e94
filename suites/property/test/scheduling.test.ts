import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readEvidence } from '@muster/engine'
import type { RunEvent, Suite, SuiteId, UnitId } from '@muster/model'
import { naiveSuite } from './support/naive-record.ts'
import { story } from './support/story.ts'
import { tell, type Told } from './support/tell.ts'

const RUNS = { numRuns: 50 }

const of = <Kind extends RunEvent['kind']>(
  events: readonly RunEvent[],
  kind: Kind,
): Extract<RunEvent, { kind: Kind }>[] =>
  events.filter((event): event is Extract<RunEvent, { kind: Kind }> => event.kind === kind)

/** By a retry. */
const mendable = (status: string | undefined): boolean =>
  status === 'failed' || status === 'crashed' || status === 'timed-out'

const suiteOf = ({ graph }: Told, id: SuiteId): Suite => graph.get(id) ?? assert.fail(`no suite ${id}`)

/** The suites that had units, with them. */
function executed({ events }: Told): Map<SuiteId, UnitId[]> {
  const gone = new Set(of(events, 'suite-skipped').map(({ suite }) => suite))
  const units = new Map<SuiteId, UnitId[]>()
  for (const { suite, unit } of of(events, 'unit-queued')) {
    if (!gone.has(suite)) units.set(suite, [...(units.get(suite) ?? []), unit])
  }
  return units
}

const check = (look: (told: Told) => Promise<void> | void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(story, (each) => tell(each, look)),
    RUNS,
  )

// That no more runs than there are workers, cpus and permits, and nothing beside what is exclusive, the watch over the
// scripted units asserts in each of these.
describe('any run of suites with needs, retries, shards and halts', function () {
  this.timeout(120_000)

  it('answers each unit of a suite once, or the suite as a whole, and never both', () =>
    check((told) => {
      const { graph, events } = told
      const units = executed(told)
      const whole = [...of(events, 'suite-skipped'), ...of(events, 'suite-cached')].map(({ suite }) => suite)
      assert.deepEqual([...units.keys(), ...whole].toSorted(), graph.suites.map(({ id }) => id).toSorted())
      assert.deepEqual(
        of(events, 'unit-finished')
          .map(({ unit }) => unit)
          .toSorted(),
        [...units.values()].flat().toSorted(),
      )
      for (const [suite, { length }] of units) assert.equal(length, suiteOf(told, suite).shards ?? 1)
    }))

  it('starts a unit only when all units of all suites that it depends on have passed', () =>
    check((told) => {
      const passed = new Set<SuiteId>(of(told.events, 'suite-cached').map(({ suite }) => suite))
      const open = executed(told)
      const ended = new Map<SuiteId, number>()
      for (const event of told.events) {
        if (event.kind === 'unit-finished' && event.outcome.status === 'passed') {
          const count = (ended.get(event.suite) ?? 0) + 1
          ended.set(event.suite, count)
          if (count === open.get(event.suite)?.length) passed.add(event.suite)
        }
        if (event.kind !== 'attempt-started') continue
        const missing = told.graph.dependenciesOf(event.suite).filter((each) => !passed.has(each))
        assert.deepEqual(missing, [], `${event.suite} started before ${missing.join()} had passed`)
      }
    }))

  it('retries what a retry may mend as often as declared, waits before each, and never goes on after a pass', () =>
    check((told) => {
      const retries = of(told.events, 'retry-scheduled')
      const halting = new Set(told.graph.suites.filter(({ halt }) => halt === 'phase').map(({ id }) => id))
      const stopped =
        of(told.events, 'run-halted').length > 0 ||
        of(told.events, 'unit-finished').some(
          (each) => halting.has(each.suite) && each.outcome.status !== 'passed',
        )
      for (const { unit, suite, outcome } of of(told.events, 'unit-finished')) {
        const runs = told.done.filter((each) => each.unit === unit).map((each) => each.outcome.status)
        const { count } = suiteOf(told, suite).retries
        assert.ok(runs.length <= count + 1, `${unit} ran ${runs.length} times`)
        assert.ok(runs.slice(0, -1).every(mendable), `${unit}: ${runs.join()}`)
        if (mendable(runs.at(-1)) && !stopped)
          assert.equal(runs.length, count + 1, `${unit}: ${outcome.status}`)
        const scheduled = retries.filter((each) => each.unit === unit).length
        assert.ok(scheduled === Math.max(0, runs.length - 1) || (stopped && scheduled === runs.length))
      }
    }))

  it('starts nothing any more that a halt forbids, but for what is on its way to a worker already', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, (told) => {
          const late: SuiteId[] = []
          let from = Number.POSITIVE_INFINITY
          const phase = new Map(
            of(told.events, 'plan-ready').flatMap(({ suites }) =>
              suites.map((s) => [s.suite, s.phase] as const),
            ),
          )
          for (const event of told.events) {
            if (event.kind === 'run-halted') from = 0
            if (
              event.kind === 'unit-finished' &&
              event.outcome.status !== 'passed' &&
              event.outcome.status !== 'skipped'
            ) {
              const { halt } = suiteOf(told, event.suite)
              if (halt === 'run' || each.failFast) from = 0
              if (halt === 'phase') from = Math.min(from, phase.get(event.suite) ?? 0)
            }
            if (event.kind === 'attempt-started' && (phase.get(event.suite) ?? 0) >= from)
              late.push(event.suite)
          }
          assert.ok(late.length < each.workers * 2, `${late.join()} began after the halt`)
        }),
      ),
      RUNS,
    ))

  it('runs the set-up and the tear-down of a split suite once each, and no tear-down without a beginning', () =>
    check((told) => {
      for (const [suite, units] of executed(told)) {
        const { setUp, tearDown } = suiteOf(told, suite)
        const began = told.done.some((each) => each.suite === suite)
        const expected = [
          ...(began && units.length > 1 && setUp !== undefined ? [`${suite} set-up`] : []),
          ...(began && units.length > 1 && tearDown !== undefined ? [`${suite} tear-down`] : []),
        ]
        assert.deepEqual(
          told.steps.filter((each) => each.startsWith(`${suite} `)),
          expected,
        )
      }
    }))

  it('records each suite as what its units really did', () =>
    check((told) => {
      const statusOf = new Map(
        of(told.events, 'unit-finished').map(({ unit, outcome }) => [unit, outcome.status]),
      )
      for (const [suite, units] of executed(told)) {
        const done = told.done.filter((each) => each.suite === suite)
        const ran = new Set(done.map(({ unit }) => unit))
        const unrun = units.filter((unit) => !ran.has(unit)).map((unit) => statusOf.get(unit))
        assert.ok(
          unrun.every((status) => status === 'skipped' || status === 'aborted' || status === 'no-device'),
        )
        const expected = naiveSuite(done, unrun, suiteOf(told, suite).flaky.verdict === 'fail')
        const record =
          told.record.suites.find(({ name }) => name === suite) ?? assert.fail(`no record of ${suite}`)
        const { status, attempts, passed, failed, skipped, flaky } = record
        assert.deepEqual(
          { status, attempts: attempts.length, passed, failed, skipped, flaky },
          expected,
          suite,
        )
      }
    }))

  it('leaves evidence that a cache may bring back of clean passes, and of nothing else', () =>
    check(async (told) => {
      for (const suite of executed(told).keys()) {
        const record =
          told.record.suites.find(({ name }) => name === suite) ?? assert.fail(`no record of ${suite}`)
        const clean = record.status === 'passed' && record.flaky === 0 && !record.unstable
        const read = await readEvidence(told.root, suite)
        assert.equal(read.ok && read.value.evidence.runId === told.run, clean, suite)
      }
    }))
})
