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

const RUNS = { numRuns: 50 }

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
  it('has all suites in its record, and a journal without gaps', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, ({ graph, events, record }) => {
          assert.deepEqual(
            names(record.suites),
            graph.suites.map(({ id }) => id),
          )
          assert.equal(record.complete, true)
          assert.deepEqual(
            events.map(({ seq }) => seq),
            events.map((_, index) => index),
          )
          for (const answer of answers(events)) {
            const suite = record.suites.find(({ name }) => name === answer.suite)
            if (answer.kind === 'suite-skipped') assert.equal(suite?.status, 'skipped')
            if (answer.kind === 'suite-skipped') assert.deepEqual(suite?.attempts, [])
            if (answer.kind === 'suite-cached') assert.equal(suite?.status, 'passed')
          }
        }),
      ),
      RUNS,
    ))

  it('skips only what had a reason: a dependency that did not pass, or a stop', () =>
    fc.assert(
      fc.asyncProperty(story, (each) =>
        tell(each, ({ graph, events, record }) => {
          const halts = each.suites.some(({ declaration }) => declaration.halt !== 'dependents')
          const halted =
            each.stops ||
            ((each.failFast || halts) && record.suites.some(({ status }) => status !== 'passed'))
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
            assert.deepEqual({ ...expected, tests, passed, failed, skipped }, expected, format)
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
    // Of the attempts that are the last ones so far; a later one may yet overrule them.
    if (suite.attempts.length === full.attempts.length) {
      const told = new Set(full.cases.map((each) => JSON.stringify(each)))
      for (const each of suite.cases) assert.ok(told.has(JSON.stringify(each)), `${suite.name} never had it`)
    }
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
