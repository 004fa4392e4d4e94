import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { CaseRef, TestCase } from '@muster/model'
import { MOCHA_ORACLE } from '../fixtures/mocha/oracle.ts'
import { caseKey, caseKeys } from '../support/case-key.ts'
import { fixtureSuite, MOCHA_CONTEXT, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

const refOf = ({ path, file }: TestCase): CaseRef => ({ path, ...(file !== undefined && { file }) })

const rerun = async (fixture: string, cases: readonly CaseRef[]) =>
  runProgram(await prepareMocha(fixtureSuite(fixture), MOCHA_CONTEXT, { cases }))

const runAll = async (fixture: string) => runProgram(await prepareMocha(fixtureSuite(fixture)))

const file = (name: string): string => `${fixtureSuite('parts').dir}/${name}`
const named = (cases: readonly TestCase[]): string[] => cases.map(({ path }) => path.join(' › '))

/** Alone it isn't failed by the timer that the test before it has left. */
const INNOCENT = 'uncaught-after-test'

describe('mocha: failed cases alone', () => {
  for (const { name } of MOCHA_ORACLE.filter(({ outcome }) => outcome === 'failed')) {
    if (name === INNOCENT) continue
    it(`${name}: each gives the same verdict and error`, async () => {
      const { cases } = await runAll(name)
      const failed = cases.filter(({ status }) => status === 'failed')
      assert.ok(failed.length > 0)
      for (const each of failed) {
        const again = await rerun(name, [refOf(each)])
        assert.ok(again.cases.map(caseKey).includes(caseKey(each)), JSON.stringify([each, again.cases]))
        assert.equal(again.closing?.missing, undefined)
      }
    }).timeout(60_000)
  }

  it(`${INNOCENT}: passes without the culprit`, async () => {
    const failed = (await runAll(INNOCENT)).cases.filter(({ status }) => status === 'failed')
    const again = await rerun(INNOCENT, failed.map(refOf))
    assert.deepEqual(
      again.cases.map(({ path, status }) => ({ path, status })),
      failed.map(({ path }) => ({ path, status: 'passed' })),
    )
  })
})

describe('mocha: some cases of a suite', () => {
  it('are exactly those, with their namesakes', async () => {
    const { cases } = await runAll('parts')
    const tests = cases.filter(({ hook }) => hook !== true)
    await fc.assert(
      fc.asyncProperty(fc.subarray(tests, { minLength: 1, maxLength: 4 }), async (chosen) => {
        const again = await rerun('parts', chosen.map(refOf))
        const wanted = new Set(chosen.map((each) => JSON.stringify(refOf(each))))
        const expected = tests.filter((each) => wanted.has(JSON.stringify(refOf(each))))
        assert.deepEqual(caseKeys(again.cases), caseKeys(expected))
      }),
      { numRuns: 10 },
    )
  }).timeout(120_000)

  it('are not mistaken for others whose titles read the same', async () => {
    const { cases } = await rerun('parts', [{ file: file('a.spec.cjs'), path: ['a', 'b c'] }])
    assert.deepEqual(named(cases), ['a › b c'])
  })

  it('load only their files', async () => {
    const { closing } = await rerun('parts', [
      { file: file('b.spec.mjs'), path: ['hooks', 'sees one round'] },
    ])
    assert.deepEqual(Object.keys(closing?.fileMs ?? {}), [file('b.spec.mjs')])
  })

  it('are looked for in all files when theirs is not known', async () => {
    const { cases } = await rerun('parts', [{ path: ['hooks', 'sees one round'] }])
    assert.deepEqual(
      cases.map((each) => each.file),
      [file('b.spec.mjs'), file('c.spec.cjs')],
    )
  })

  it('of a hook are those of its group', async () => {
    const path = ['broken', '"before all" hook for "another first test"']
    const { cases } = await rerun('parts', [{ file: file('c.spec.cjs'), path }])
    assert.deepEqual(named(cases), ['broken › "before all" hook for "one"'])
    const inner = await rerun('parts', [{ path: ['hooks', 'inner', '"after each" hook for "number 1"'] }])
    assert.deepEqual(
      inner.cases.map((each) => each.path.at(-1)),
      ['number 1', 'number 2', 'number 3'],
    )
  })

  it('that no longer exist are told, and the others run', async () => {
    const { cases, closing } = await rerun('parts', [
      { file: file('a.spec.cjs'), path: ['a', 'b'] },
      { file: file('a.spec.cjs'), path: ['a', 'gone'] },
      { file: file('gone.spec.cjs'), path: ['a', 'b'] },
    ])
    assert.deepEqual(named(cases), ['a › b'])
    assert.equal(closing?.missing, '2 of the 3 test cases to rerun no longer exist: a › gone, a › b')
  })

  it('that are all gone run nothing, no hook either', async () => {
    const { cases, closing, errors } = await rerun('parts', [
      ...['1', '2', '3', '4'].map((number) => ({ path: ['gone', number] })),
      { file: file('gone.spec.cjs'), path: ['a', 'b'] },
    ])
    assert.deepEqual([cases, errors], [[], []])
    assert.equal(
      closing?.missing,
      'none of the 5 test cases to rerun exists any longer: gone › 1, gone › 2, gone › 3 and 2 more',
    )
  })

  it('are gone when a "grep" of the suite leaves them out', async () => {
    const suite = fixtureSuite('parts', { name: 'mocha', options: { grep: 'twice' } })
    const program = await prepareMocha(suite, MOCHA_CONTEXT, { cases: [{ path: ['a', 'b'] }] })
    const { cases, closing } = await runProgram(program)
    assert.deepEqual(cases, [])
    assert.equal(closing?.missing, 'the test case to rerun no longer exists: a › b')
  })

  it('may be defined late', async () => {
    const { cases } = await rerun('delayed-files', [{ path: ['late', 'fails'] }])
    assert.deepEqual(named(cases), ['late › fails'])
  })
})
