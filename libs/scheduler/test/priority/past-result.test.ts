import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { cyclesOfFiles, cyclesOfSuites, type PastResult } from '../../src/priority/past-result.ts'

const MINUTE = 60_000
const passed = (at: number): PastResult => ({ at, failed: false })
const failed = (at: number, failedFiles?: readonly string[]): PastResult =>
  failedFiles === undefined ? { at, failed: true } : { at, failed: true, failedFiles }

describe('the cycles of remembered results', () => {
  it('puts together the suites of one run, and ends a run before a pause', () => {
    const cycles = cyclesOfSuites(
      new Map([
        ['a', [passed(MINUTE), failed(100 * MINUTE)]],
        ['b', [failed(2 * MINUTE), passed(101 * MINUTE)]],
        ['c', [passed(103 * MINUTE)]],
      ]),
    )
    assert.deepEqual(cycles, [
      [
        { test: 'a', failed: false },
        { test: 'b', failed: true },
      ],
      [
        { test: 'a', failed: true },
        { test: 'b', failed: false },
        { test: 'c', failed: false },
      ],
    ])
  })

  it('ends a run before a suite that comes again, also when times are not known', () => {
    assert.deepEqual(cyclesOfSuites(new Map([['a', [passed(0), failed(0)]]])), [
      [{ test: 'a', failed: false }],
      [{ test: 'a', failed: true }],
    ])
  })

  it('keeps every result, each suite in its order, none twice in a cycle', () => {
    const list = fc
      .array(fc.record({ at: fc.nat(10_000_000), failed: fc.boolean() }), { maxLength: 8 })
      .map((results) => results.sort((a, b) => a.at - b.at))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), list), (bySuite) => {
        const cycles = cyclesOfSuites(new Map(Object.entries(bySuite)))
        for (const cycle of cycles) assert.equal(new Set(cycle.map(({ test }) => test)).size, cycle.length)
        for (const [suite, results] of Object.entries(bySuite)) {
          const back = cycles.flat().filter(({ test }) => test === suite)
          assert.deepEqual(
            back.map((each) => each.failed),
            results.map((each) => each.failed),
          )
        }
      }),
    )
  })

  it('takes files that a failed result does not name as passed, and no word on files as none', () => {
    assert.deepEqual(
      cyclesOfFiles([passed(1), failed(2), failed(3, ['y.test.ts'])], ['x.test.ts', 'y.test.ts']),
      [
        [
          { test: 'x.test.ts', failed: false },
          { test: 'y.test.ts', failed: false },
        ],
        [
          { test: 'x.test.ts', failed: false },
          { test: 'y.test.ts', failed: true },
        ],
      ],
    )
  })
})
