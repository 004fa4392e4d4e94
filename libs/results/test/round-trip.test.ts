import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { caseName, countCases, isQuarantinedFailure, type TestCase } from '@muster/model'
import { readResults, writeCtrf, writeJUnit } from '@muster/results'
import { xmlLegal } from '../src/xml/xml-text.ts'
import { suiteVerdictCase } from '../src/suite-verdict-case.ts'
import { arbitraryRecord } from './arbitrary-record.ts'

const RUNS = { numRuns: 150 }

/** What a reader takes a case for: a failure in quarantine is not red. */
const statusRead = (testCase: TestCase): TestCase['status'] =>
  isQuarantinedFailure(testCase) ? 'skipped' : testCase.status

describe('writing and reading again', () => {
  it('keeps names, order and statuses in JUnit', () =>
    fc.assert(
      fc.asyncProperty(arbitraryRecord, async (record) => {
        const { cases, warnings, complete, declared } = await readResults('junit', writeJUnit(record))
        const expected = record.suites.flatMap((suite) => {
          const verdict = suiteVerdictCase(suite)
          const own = suite.cases.map((each) => [statusRead(each), xmlLegal(caseName(each))])
          const status = verdict?.result === 'skipped' ? 'skipped' : 'failed'
          return verdict ? [...own, [status, xmlLegal(verdict.name)]] : own
        })
        assert.deepEqual(
          cases.map((each) => [each.status, caseName(each)]),
          expected,
        )
        assert.deepEqual(warnings, [])
        assert.equal(complete, true)
        assert.equal(declared?.tests, expected.length)
      }),
      RUNS,
    ))

  it('keeps counts in JUnit, flaky ones included', () =>
    fc.assert(
      fc.asyncProperty(arbitraryRecord, async (record) => {
        const { cases } = await readResults('junit', writeJUnit(record))
        const extra = record.suites.map(suiteVerdictCase)
        const written = countCases(record.suites.flatMap((suite) => suite.cases))
        assert.deepEqual(countCases(cases), {
          ...written,
          tests: written.tests + extra.filter(Boolean).length,
          failed:
            written.failed - written.quarantined + extra.filter((each) => each?.result === 'error').length,
          skipped:
            written.skipped + written.quarantined + extra.filter((each) => each?.result === 'skipped').length,
          quarantined: 0,
        })
      }),
      RUNS,
    ))

  it('keeps counts, names and suites in CTRF', () =>
    fc.assert(
      fc.asyncProperty(arbitraryRecord, async (record) => {
        const { cases, warnings, complete } = await readResults('ctrf', writeCtrf(record))
        const expected = record.suites.flatMap((suite) => {
          const verdict = suiteVerdictCase(suite)
          const own = suite.cases.map(({ path }) => [
            suite.name,
            ...path.slice(0, -1),
            path.at(-1) || '(unnamed test)',
          ])
          return verdict ? [...own, [suite.name, verdict.name]] : own
        })
        assert.deepEqual(
          cases.map(({ path }) => path),
          expected,
        )
        assert.deepEqual([warnings, complete], [[], true])
        const written = countCases(record.suites.flatMap((suite) => suite.cases))
        assert.equal(countCases(cases).flaky, written.flaky)
      }),
      RUNS,
    ))
})
