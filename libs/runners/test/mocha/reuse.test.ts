import assert from 'node:assert/strict'
import { fixtureSuite, prepareMocha } from '../support/fixtures.ts'
import { runProgram } from '../support/run-program.ts'

describe('mocha: the same process runs a unit again', () => {
  for (const [name, passed] of [
    ['passing-cjs', 3],
    ['passing-esm', 1],
    ['passing-esm-type', 1],
    ['passing-ts', 1],
    ['passing-ts-require', 1],
    ['import-mocha', 2],
    ['root-hooks', 1],
    ['helper-hooks', 1],
  ] as const) {
    it(`${name}: every run has all its tests`, async () => {
      const { ends, errors } = await runProgram(await prepareMocha(fixtureSuite(name)), { times: 3 })
      assert.deepEqual(errors, [])
      assert.deepEqual(
        ends,
        [1, 2, 3].map(() => ({ passed, failed: 0, skipped: 0 })),
      )
    })
  }
})
