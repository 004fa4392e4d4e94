import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { isFlakyCase, type TestCase } from '@muster/model'
import { mergeCases } from '@muster/results'
import { summary } from './read.ts'

const passed = (name: string): TestCase => ({ path: ['g', name], status: 'passed', durationMs: 1 })
const skipped = (name: string): TestCase => ({ path: ['g', name], status: 'skipped', durationMs: 0 })
const failed = (name: string, message: string): TestCase => ({
  path: ['g', name],
  status: 'failed',
  durationMs: 2,
  error: { message },
})

const names = (cases: readonly TestCase[]): string[] => cases.map(({ path }) => path.join())

const anyCase = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map(passed),
  fc.constantFrom('a', 'b', 'c').map(skipped),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string()).map(([name, message]) => failed(name, message)),
)

describe('mergeCases', () => {
  it('takes a case of several reports for executions of one', () => {
    const merged = mergeCases([
      [failed('flickers', 'late'), failed('broken', 'no'), passed('fine')],
      [passed('flickers'), failed('broken', 'still no'), passed('fine'), passed('new')],
    ])
    assert.deepEqual(summary(merged), [
      'passed x2 g › flickers',
      'failed x2 g › broken [still no]',
      'passed g › fine',
      'passed g › new',
    ])
    assert.deepEqual(merged.map(isFlakyCase), [true, false, false, false])
    assert.deepEqual(
      merged.map(({ earlierErrors }) => earlierErrors?.map(({ message }) => message)),
      [['late'], ['no'], undefined, undefined],
    )
  })

  it('takes a failure after a pass for a failure, and lets an execution outweigh a skip', () => {
    assert.deepEqual(summary(mergeCases([[passed('a')], [failed('a', 'no')]])), ['failed g › a [no]'])
    assert.deepEqual(summary(mergeCases([[failed('a', 'no')], [skipped('a')]])), ['failed g › a [no]'])
    assert.deepEqual(summary(mergeCases([[skipped('a')], [passed('a')]])), ['passed g › a'])
  })

  it('keeps cases of one name in one report apart, and files', () => {
    const twice = [failed('each', 'first'), passed('each')]
    assert.deepEqual(summary(mergeCases([twice, [passed('each'), passed('each')]])), [
      'passed x2 g › each',
      'passed g › each',
    ])
    const inFile = { ...passed('a'), file: 'a.ts' }
    assert.equal(mergeCases([[passed('a')], [inFile]]).length, 2)
  })

  it('loses no case and makes none up, for any reports', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyCase, { maxLength: 8 }), { maxLength: 4 }), (reports) => {
        const merged = mergeCases(reports)
        for (const name of new Set(reports.flatMap(names))) {
          const most = Math.max(
            ...reports.map((cases) => names(cases).filter((each) => each === name).length),
          )
          assert.equal(names(merged).filter((each) => each === name).length, most)
        }
        const failures = reports.flat().filter(({ status }) => status === 'failed').length
        const told = merged.reduce(
          (sum, { status, earlierErrors = [] }) => sum + earlierErrors.length + (status === 'failed' ? 1 : 0),
          0,
        )
        assert.equal(told, failures)
        assert.deepEqual(mergeCases([merged]), merged)
      }),
    )
  })
})
