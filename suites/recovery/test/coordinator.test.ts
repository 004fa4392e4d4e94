import assert from 'node:assert/strict'
import { CrashWorkspace } from './support/crash-workspace.ts'
import { Random } from './support/random.ts'
import { playRound, type Round } from './support/round.ts'

/** `KILLS=200 SEED=1 npx mocha --timeout 0 suites/recovery/test/coordinator.test.ts` for more, and the same again. */
const KILLS = Number(process.env['KILLS'] ?? 16)
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const KILLS_A_ROUND = 8

function assertOnce(workspace: CrashWorkspace, { runs }: Round): void {
  const last = runs.at(-1)?.record ?? assert.fail('no run came to its end')
  assert.equal(last.complete, true)
  const results = last.suites.map(({ name, status }) => [name, status] as const)
  assert.equal(new Set(results.map(([name]) => name)).size, results.length, 'a suite is in the record twice')
  assert.deepEqual(new Map(results), workspace.expected())

  const passed = new Set<string>()
  for (const { run, started, answeredTwice, damaged, passed: here } of runs) {
    assert.deepEqual(answeredTwice, [], `${run} answered ${answeredTwice.join(', ')} twice`)
    assert.equal(damaged, 0, `${run} has lines in its journal that can't be read`)
    const again = [...started].filter((name) => passed.has(name))
    assert.deepEqual(again, [], `${run} ran again what had passed before`)
    for (const name of here) passed.add(name)
  }
  assertExecutions(workspace, runs)
}

/** What the tests themselves have written down: as often as the journals say that something was begun, at most. */
function assertExecutions(workspace: CrashWorkspace, runs: Round['runs']): void {
  const executions = workspace.executions()
  for (const [name, status] of workspace.expected()) {
    const begun = runs.filter(({ started }) => started.has(name)).length
    const units = name.startsWith('m') ? 3 : 1
    const times = executions.get(name) ?? 0
    assert.ok(times <= begun * units, `${name} ran ${times} times, but was begun ${begun} times`)
    assert.ok(times >= (status === 'skipped' ? 0 : units), `${name} is ${status}, but ran ${times} times`)
  }
}

describe('kill -9 of the coordinator, at any moment of a run of 500 units', () => {
  it(`${KILLS} times: every suite has one result, nothing that passed runs again, nobody is left`, async function () {
    if (process.platform !== 'linux') return this.skip()
    const random = new Random(SEED)
    const seen = { kills: 0, runs: 0, executions: 0 }
    while (seen.kills < KILLS) {
      const workspace = new CrashWorkspace()
      try {
        const round = await playRound(workspace, Math.min(KILLS_A_ROUND, KILLS - seen.kills), random)
        try {
          assertOnce(workspace, round)
        } catch (error) {
          throw new Error(
            `seed ${SEED}, killed at ${JSON.stringify(round.kills)}: ${(error as Error).message}`,
            {
              cause: error,
            },
          )
        }
        const executions = [...workspace.executions().values()].reduce((sum, each) => sum + each, 0)
        seen.kills += round.kills.length
        seen.runs += round.runs.length
        seen.executions += executions
      } finally {
        await workspace.dispose()
      }
    }
    console.log(
      `      seed ${SEED}: ${seen.kills} kills in ${seen.runs} runs, ${seen.executions} executions of units`,
    )
  })
})
