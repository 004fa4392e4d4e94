import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { caseName, countCases, describeOutcome } from '@muster/model'
import { assertCase } from './assert-case.ts'
import { SCENARIOS, type Expected, type Scenario, type ToolContract } from './contract.ts'
import { describeParts } from './parts-contract.ts'
import { outcomeOf, runUnitOf, suiteOf } from './run-unit.ts'

const WITHIN_MS = 60_000

/** What every runner of a tool must do, tested with the real tool. Call it inside no `describe`. */
export function describeRunnerContract(contract: ToolContract): void {
  describe(`${contract.runner.name}: contract of runners`, function () {
    this.timeout(WITHIN_MS)
    before(function () {
      skipWhereMissing(this, contract)
    })
    it('has a version', async () => {
      const version = await contract.runner.version(suiteOf(contract, 'passes'), contract.context)
      assert.ok(version.ok, 'a version')
      assert.match(version.value, /^\d+\.\d+/)
    })
    for (const scenario of Object.keys(SCENARIOS) as Scenario[]) {
      const expected = contract.scenarios[scenario]
      const title = `${scenario}: ${SCENARIOS[scenario]}`
      if (typeof expected === 'string') it.skip(`${title} (${expected})`)
      else it(title, () => holds(contract, scenario, expected))
    }
    if (contract.runner.files !== undefined) describeParts(contract)
  })
}

/** In CI everything is there; a laptop may lack a tool. */
function skipWhereMissing(context: Mocha.Context, { runner, missing }: ToolContract): void {
  if (missing === undefined) return
  const message = `${runner.name} can't run here: ${missing}`
  assert.notEqual(process.env['CI'], 'true', message)
  console.warn(message)
  context.skip()
}

async function holds(contract: ToolContract, scenario: Scenario, expected: Expected): Promise<void> {
  const suite = suiteOf(contract, scenario)
  const [run, own] = await Promise.all([
    runUnitOf(contract, suite),
    contract.ownVerdict(join(contract.context.root, suite.dir)),
  ])
  const outcome = outcomeOf(run)
  const told = [describeOutcome(outcome), ...run.errors.map(({ message }) => message)].join('\n')

  assert.deepEqual(own.counts, expected.own, "the tool's own summary isn't what the table says")
  const { because: _, ...counted } = expected.counted ?? { ...expected.own, because: '' }
  if (expected.own !== null || expected.counted !== undefined) {
    const { passed, failed, skipped } = countCases(run.cases)
    assert.deepEqual({ passed, failed, skipped }, counted, told + run.stderr)
    if (run.closing) assert.deepEqual(run.closing.counts, counted)
  }
  assert.ok(run.ends.length <= 1, 'one end')
  assert.equal(outcome.status, expected.status, told + run.stderr)
  if (expected.status === 'passed') assert.ok(own.green, 'green only where the tool is green')
  if (expected.message) assert.match(told, expected.message)
  for (const { path, file, durationMs } of run.cases) {
    assert.ok(path.length > 0 && durationMs >= 0)
    if (file !== undefined) assert.ok(existsSync(join(contract.context.root, file)), file)
  }
  for (const [name, facts] of Object.entries(expected.cases ?? {})) {
    const found = run.cases.find((each) => caseName(each) === name)
    assert.ok(found, `${name} among ${run.cases.map(caseName).join(', ')}`)
    assertCase(found, facts, suite.dir)
  }
}
