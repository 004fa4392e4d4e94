import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { loadRecord, publishRun } from '@muster/engine'
import { journalFile } from '@muster/engine/journal'
import {
  addCounts,
  countCases,
  NO_COUNTS,
  type Counts,
  type RunEvent,
  type RunRecord,
  type SuiteRecord,
} from '@muster/model'
import { runRecordSchema } from '@muster/model/schema'
import { readResults, writeCtrf, writeJUnit } from '@muster/results'
import { story } from './support/story.ts'
import { tell } from './support/tell.ts'

const RUNS = { numRuns: 100 }

const answers = (events: readonly RunEvent[]): readonly (RunEvent & { readonly suite: string })[] =>
  events.filter(
    (event) =>
      event.kind === 'unit-finished' || event.kind === 'suite-skipped' || event.kind === 'suite-cached',
  )

const names = (suites: readonly { readonly name: string }[]): string[] =>
  suites.map(({ name }) => name).toSorted()

/** A suite without a failing case that isn't green gets an entry of its own in result formats. */
const ownEntry = ({ status, cases }: SuiteRecord): Partial<Counts> => {
  if (status === 'passed' || (status === 'failed' && cases.some((each) => each.status === 'failed')))
    return {}
  return status === 'skipped' ? { tests: 1, skipped: 1 } : { tests: 1, failed: 1 }
}

describe('any run of any suites', function () {
  it('answers every suite exactly once, and its record says the same', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, ({ graph, events, record }) => {
          const suites = graph.suites.map(({ id }) => id)
          assert.deepEqual(
            answers(events)
              .map(({ suite }) => suite)
              .toSorted(),
            suites,
          )
          assert.deepEqual(names(record.suites), suites)
          assert.equal(record.complete, true)
          assert.deepEqual(
            events.map(({ seq }) => seq),
            events.map((_, index) => index),
          )
          for (const { name, status, attempts } of record.suites) {
            const answer = answers(events).find(({ suite }) => suite === name)
            const told =
              answer?.kind === 'unit-finished'
                ? answer.outcome.status
                : answer?.kind === 'suite-skipped'
                  ? 'skipped'
                  : 'passed'
            assert.equal(status, told)
            if (answer?.kind === 'suite-skipped') assert.deepEqual(attempts, [])
          }
        }),
      ),
      RUNS,
    ))

  it('starts a suite only when all it depends on has passed, and never more of them than there are workers', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, ({ graph, events, peak }) => {
          const passed = new Set<string>()
          for (const event of events) {
            if (event.kind === 'suite-cached') passed.add(event.suite)
            if (event.kind === 'unit-finished' && event.outcome.status === 'passed') passed.add(event.suite)
            if (event.kind !== 'attempt-started') continue
            const missing = graph.dependenciesOf(event.suite).filter((id) => !passed.has(id))
            assert.deepEqual(missing, [], `${event.suite} started before ${missing.join()} had passed`)
          }
          assert.ok(peak <= each.workers)
        }),
      ),
      RUNS,
    ))

  it('skips only what had a reason: a dependency that did not pass, or a stop', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, ({ graph, events, record }) => {
          const halted =
            each.stops || (each.failFast && record.suites.some(({ status }) => status !== 'passed'))
          const bad = new Set(
            record.suites.filter(({ status }) => status !== 'passed').map(({ name }) => name),
          )
          for (const answer of answers(events)) {
            if (answer.kind !== 'suite-skipped' || halted) continue
            const dependencies = graph.dependenciesOf(answer.suite)
            assert.ok(
              dependencies.some((id) => bad.has(id)),
              `${answer.suite}: ${answer.reason}`,
            )
          }
        }),
      ),
      RUNS,
    ))

  it('counts alike in the record, in CTRF and in JUnit', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, async ({ record }) => {
          assert.doesNotThrow(() => runRecordSchema.parse(record))
          const cases = record.suites.map((suite) => countCases(suite.cases)).reduce(addCounts, NO_COUNTS)
          assert.deepEqual(record.totals, { suites: record.suites.length, ...cases })
          const expected = record.suites
            .map((suite) => ({ ...NO_COUNTS, ...ownEntry(suite) }))
            .reduce(addCounts, cases)
          for (const [format, text] of [
            ['ctrf', writeCtrf(record)],
            ['junit', writeJUnit(record)],
          ] as const) {
            const read = await readResults(format, text)
            assert.deepEqual([read.complete, read.warnings], [true, []])
            const { tests, passed, failed, skipped } = countCases(read.cases)
            assert.deepEqual({ tests, passed, failed, skipped, flaky: expected.flaky }, expected, format)
            assert.equal(read.declared?.tests, tests)
          }
        }),
      ),
      RUNS,
    ))
})

/** What the second says that the first doesn't: nothing but endings that are still open may differ. */
function assertSaysLess(cut: RunRecord, whole: RunRecord): void {
  for (const suite of cut.suites) {
    const full = whole.suites.find(({ name }) => name === suite.name)
    assert.ok(full, `${suite.name} is in no plan`)
    if (suite.status !== 'aborted') assert.equal(suite.status, full.status)
    assert.ok(suite.attempts.length <= full.attempts.length)
    // Of the attempt that is the last one so far; a later one may yet overrule it.
    if (suite.attempts.length === full.attempts.length)
      assert.deepEqual(suite.cases, full.cases.slice(0, suite.cases.length))
    assert.ok(suite.cached <= full.cached)
  }
  if (cut.verdict === 'passed') assert.equal(whole.verdict, 'passed')
  if (cut.verdict === 'failed') assert.equal(whole.verdict, 'failed')
}

describe('a run that was cut off anywhere', () => {
  it('has a valid record that says less than the whole one, never more and never something else', () =>
    fc.assert(
      fc.asyncProperty(
        story,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (each, cuts) =>
          tell(each, async ({ record, root, run }) => {
            const file = journalFile(root, run)
            const bytes = readFileSync(file)
            for (const cut of cuts) {
              writeFileSync(file, bytes.subarray(0, Math.floor(cut * bytes.length)))
              const less = await loadRecord(root, run)
              if (!less) continue
              assert.doesNotThrow(() => runRecordSchema.parse(less))
              assertSaysLess(less, record)
              if (!less.complete) assert.notEqual(less.verdict, 'passed', 'half a run is no pass')
            }
          }),
      ),
      RUNS,
    ))

  it('is whole again when what was lost is written behind a torn line', () =>
    fc.assert(
      fc.asyncProperty(story, fc.double({ min: 0, max: 1, noNaN: true }), (each, cut) =>
        tell(each, async ({ record, events, root, run }) => {
          const file = journalFile(root, run)
          const bytes = readFileSync(file)
          const torn = bytes.subarray(0, Math.floor(cut * bytes.length))
          writeFileSync(file, torn)
          const whole = torn.toString('utf8').split('\n').length - 1
          appendFileSync(
            file,
            `\n${events
              .slice(whole)
              .map((event) => `${JSON.stringify(event)}\n`)
              .join('')}`,
          )
          assert.deepEqual(await loadRecord(root, run), record)
        }),
      ),
      RUNS,
    ))

  it('is reported all the same, also without its stored outputs', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, async ({ root, run, record }) => {
          rmSync(path.join(root, '.muster/runs', run, 'outputs'), { recursive: true, force: true })
          const published = await publishRun(root, run, true)
          assert.deepEqual(published?.problems, [])
          assert.equal(published?.record.verdict, record.verdict)
          const written = JSON.parse(
            readFileSync(path.join(root, 'reports/latest/run.json'), 'utf8'),
          ) as RunRecord
          assert.deepEqual(written.totals, record.totals)
        }),
      ),
      { numRuns: 15 },
    ))
})
