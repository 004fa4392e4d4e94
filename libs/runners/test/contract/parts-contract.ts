import assert from 'node:assert/strict'
import { caseName, type CaseRef, type TestCase } from '@muster/model'
import { caseKeys } from '../support/case-key.ts'
import type { UnitRun } from '../support/run-program.ts'
import type { ToolContract } from './contract.ts'
import { outcomeOf, runUnitOf, suiteOf } from './run-unit.ts'

const refOf = ({ path, file }: TestCase): CaseRef => ({ path, ...(file !== undefined && { file }) })

/** What a runner must do that knows the files of its suites. */
export function describeParts(contract: ToolContract): void {
  describe('parts of a suite of several files', () => {
    const suite = suiteOf(contract, 'several-files')
    let files: readonly string[]
    let whole: UnitRun
    let failed: readonly TestCase[]

    before(async () => {
      const found = await contract.runner.files?.(suite, contract.context)
      assert.ok(found?.ok)
      files = found.value
      whole = await runUnitOf(contract, suite)
      failed = whole.cases.filter(({ status }) => status === 'failed')
    })

    it('files are those that the whole runs, and their times are told', () => {
      const sorted = [...files].sort()
      const ran = whole.cases.map(({ file }) => file ?? 'a file that is not told')
      assert.equal(files.length, 3)
      assert.deepEqual([...new Set(ran)].sort(), sorted)
      assert.deepEqual(Object.keys(whole.closing?.fileMs ?? {}).sort(), sorted)
      assert.ok(Object.values(whole.closing?.fileMs ?? {}).every((ms) => ms > 0))
      assert.equal(whole.closing?.whole, undefined)
    })

    it('file parts are the whole', async () => {
      const parts = await Promise.all(
        [files.slice(0, 1), files.slice(1)].map((part) => runUnitOf(contract, suite, { files: part })),
      )
      assert.deepEqual(caseKeys(parts.flatMap(({ cases }) => cases)), caseKeys(whole.cases))
    })

    it('failed cases run alone, and fail alike', async () => {
      assert.ok(failed.length > 0)
      const again = await runUnitOf(contract, suite, { cases: failed.map(refOf) })
      assert.deepEqual(caseKeys(again.cases), caseKeys(failed))
      assert.equal(outcomeOf(again).status, 'failed')
      assert.equal(again.closing?.missing, undefined)
    })

    it('cases that are gone are missed, and nothing passes for them', async () => {
      const file = files[0]!
      const [gone, some] = await Promise.all([
        runUnitOf(contract, suite, { cases: [{ file, path: ['gone'] }] }),
        runUnitOf(contract, suite, { cases: [...failed.map(refOf), { file, path: ['gone'] }] }),
      ])
      assert.deepEqual(gone.cases.map(caseName), [])
      assert.equal(outcomeOf(gone).status, 'no-tests')
      assert.match(gone.closing?.missing ?? '', /gone/)
      assert.deepEqual(caseKeys(some.cases), caseKeys(failed))
      assert.match(some.closing?.missing ?? '', /1 of the \d+ test cases to rerun/)
    })
  })
}
