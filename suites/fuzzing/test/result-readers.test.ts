import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const SCRIPT = path.resolve(import.meta.dirname, '../../../tools/scripts/fuzz-results.mjs')
const RUNS = 5_000

describe('mutated result files', function () {
  this.timeout(120_000)
  let folder: string
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'muster-fuzz-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const seed of [1, 2]) {
    it(`never make a reader throw, hang or grow: ${RUNS} of seed ${seed}`, async () => {
      const finding = path.join(folder, `finding-${seed}`)
      const args = [SCRIPT, '--runs', String(RUNS), '--seed', String(seed), '--finding', finding]
      const { stdout } = await promisify(execFile)(process.execPath, args)
      const [, runs, cases] = /^no finding in (\d+) runs, .* (\d+) test cases read/.exec(stdout) ?? []
      assert.equal(Number(runs), RUNS, stdout)
      // Mutations that break everything would prove nothing.
      assert.ok(Number(cases) > RUNS, `${cases} cases of ${RUNS} runs`)
      assert.equal(existsSync(finding), false)
    })
  }
})
