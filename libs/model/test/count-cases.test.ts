import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { addCounts, countCases, NO_COUNTS } from '@muster/model'
import { testCase } from './arbitraries.ts'

describe('countCases', () => {
  it('counts every case once, and a flaky one as passed too', () => {
    fc.assert(
      fc.property(fc.array(testCase), (cases) => {
        const counts = countCases(cases)
        assert.equal(counts.tests, cases.length)
        assert.equal(counts.tests, counts.passed + counts.failed + counts.skipped)
        assert.equal(counts.failed, cases.filter(({ status }) => status === 'failed').length)
        const again = cases.filter(
          ({ status, attempts, notRerun }) => status === 'passed' && (attempts ?? 1) > 1 && notRerun !== true,
        )
        assert.equal(counts.flaky, again.length)
        assert.ok(counts.flaky <= counts.passed)
        const inQuarantine = cases.filter(
          (each) => each.status === 'failed' && each.quarantined !== undefined,
        )
        assert.equal(counts.quarantined, inQuarantine.length)
        assert.equal(counts.notRerun, cases.filter(({ notRerun }) => notRerun === true).length)
      }),
    )
  })

  it('gives the same for parts that are added up', () => {
    fc.assert(
      fc.property(fc.array(testCase), fc.array(testCase), (some, others) => {
        assert.deepEqual(addCounts(countCases(some), countCases(others)), countCases([...some, ...others]))
      }),
    )
    assert.deepEqual(countCases([]), NO_COUNTS)
  })
})
