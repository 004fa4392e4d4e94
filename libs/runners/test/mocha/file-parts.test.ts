import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { countCases, addCounts, NO_COUNTS, type Suite, type TestCase } from '@muster/model'
import { RUNNERS } from '../../src/index.ts'
import { MOCHA_ORACLE } from '../fixtures/mocha/oracle.ts'
import { caseKeys } from '../support/case-key.ts'
import { fixtureSuite, MOCHA_CONTEXT, MOCHA_FIXTURES, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

/** Fixtures with more than one file; what must not be split is in the tests of `whole`. */
const SPLITTABLE = MOCHA_ORACLE.map(({ name }) => name).filter(
  (name) =>
    name !== 'delayed-files' &&
    readdirSync(join(MOCHA_FIXTURES, name)).filter((file) => file.includes('.spec.')).length > 1,
)

async function filesOf(suite: Suite): Promise<readonly string[]> {
  const files = await RUNNERS.mocha.files?.(suite, MOCHA_CONTEXT)
  assert.ok(files?.ok)
  return files.value
}

const runPart = async (suite: Suite, files: readonly string[]) =>
  runProgram(await prepareMocha(suite, MOCHA_CONTEXT, { files }))

describe('mocha: the parts of a suite are the suite', () => {
  for (const name of SPLITTABLE) {
    it(`${name}: file by file`, async () => {
      const suite = fixtureSuite(name)
      const files = await filesOf(suite)
      const whole = await runProgram(await prepareMocha(suite))
      assert.equal(whole.closing?.whole, undefined)
      const parts: TestCase[] = []
      let counts = NO_COUNTS
      for (const file of files) {
        const { cases, ends } = await runPart(suite, [file])
        assert.equal(ends.length, 1)
        assert.deepEqual([...new Set(cases.map((each) => each.file))], [file])
        parts.push(...cases)
        counts = addCounts(counts, countCases(cases))
      }
      assert.deepEqual(counts, countCases(whole.cases))
      assert.deepEqual(caseKeys(parts), caseKeys(whole.cases))
    }).timeout(60_000)
  }

  it('however they are dealt out, in whatever order', async () => {
    const suite = fixtureSuite('parts')
    const files = await filesOf(suite)
    assert.equal(files.length, 4)
    const { cases } = await runProgram(await prepareMocha(suite))
    const runs = new Map<string, Promise<readonly TestCase[]>>()
    const casesOf = (part: readonly string[]): Promise<readonly TestCase[]> => {
      const key = part.join()
      const run = runs.get(key) ?? runPart(suite, part).then((ran) => ran.cases)
      runs.set(key, run)
      return run
    }
    const dealt = fc.tuple(
      fc.shuffledSubarray([...files], { minLength: 4 }),
      fc.tuple(...files.map(() => fc.nat({ max: 2 }))),
    )
    await fc.assert(
      fc.asyncProperty(dealt, async ([order, hands]) => {
        const parts = [0, 1, 2].map((hand) => order.filter((_, index) => hands[index] === hand))
        const ran: TestCase[] = []
        for (const part of parts.filter(({ length }) => length > 0)) ran.push(...(await casesOf(part)))
        assert.deepEqual(caseKeys(ran), caseKeys(cases))
      }),
      { numRuns: 8 },
    )
  }).timeout(120_000)

  it('tells the time of each file that it loaded', async () => {
    const suite = fixtureSuite('parts')
    const files = await filesOf(suite)
    const { closing } = await runProgram(await prepareMocha(suite))
    assert.deepEqual(Object.keys(closing?.fileMs ?? {}), files)
    assert.ok(Object.values(closing?.fileMs ?? {}).every((ms) => ms >= 0))
    const { closing: ofPart } = await runPart(suite, files.slice(1, 2))
    assert.deepEqual(Object.keys(ofPart?.fileMs ?? {}), files.slice(1, 2))
  })
})
