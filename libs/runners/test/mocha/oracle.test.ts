import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { countCases } from '@muster/model'
import { judgeInProcess } from '../../src/index.ts'
import { MOCHA_ORACLE, type OracleEntry } from '../fixtures/mocha/oracle.ts'
import { fixtureSuite, MOCHA_FIXTURES, prepareMocha } from '../support/fixtures.ts'
import { mochaCli } from '../support/mocha-cli.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'

describe('mocha: the oracle of the fixtures', () => {
  it('has every fixture', () => {
    const folders = readdirSync(MOCHA_FIXTURES, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    assert.deepEqual(MOCHA_ORACLE.map(({ name }) => name).sort(), folders.map(({ name }) => name).sort())
  })

  for (const entry of MOCHA_ORACLE.filter(({ needsKillAfter }) => needsKillAfter === undefined)) {
    it(`${entry.name}: mocha's command line says what the table says`, async () => {
      const suite = fixtureSuite(entry.name)
      const args = entry.name === 'config-package' ? [] : suite.include
      const exit = entry.keepsAlive === true ? ['--exit'] : []
      assert.deepEqual(await mochaCli(join(MOCHA_FIXTURES, entry.name), [...exit, ...args]), entry.cli)
    }).timeout(60_000)
  }
})

describe('mocha: a unit counts what mocha counts', () => {
  for (const entry of MOCHA_ORACLE) {
    it(`${entry.name}: ${entry.differs ?? entry.outcome}`, async () => {
      const program = await prepareMocha(fixtureSuite(entry.name))
      const { needsKillAfter } = entry
      const run = await runProgram(
        program,
        needsKillAfter === undefined ? {} : { killAfterCases: needsKillAfter },
      )
      assertCounts(entry, run)
      const outcome = judge(run)
      if (entry.outcome === 'timed-out') assert.equal(run.exit.signal, 'SIGKILL')
      else assert.equal(outcome.status, entry.outcome, JSON.stringify([outcome, run.stderr]))
    }).timeout(60_000)
  }
})

function assertCounts(entry: OracleEntry, run: UnitRun): void {
  const { passed, failed, skipped } = countCases(run.cases)
  if (entry.cli.stats) {
    assert.deepEqual(
      { passed, failed, skipped },
      entry.cli.stats,
      JSON.stringify([run.cases.filter(({ error }) => error), run.stderr]),
    )
    assert.deepEqual(run.ends, [entry.cli.stats])
  } else if (entry.cases !== undefined) {
    assert.equal(run.cases.length, entry.cases)
    assert.deepEqual(run.ends, [])
  }
}

function judge({ cases, ends, errors, exit }: UnitRun) {
  const [end] = ends
  const [error] = errors
  const messages = { cases: countCases(cases), ...(end && { end }), ...(error && { error }) }
  return judgeInProcess({ messages, exit, suite: { allowNoTests: false } })
}
