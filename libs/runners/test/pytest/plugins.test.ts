import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseName, countCases, type TestCase } from '@muster/model'
import { RUNNERS, type RunnerContext } from '../../src/index.ts'
import { caseKeys } from '../support/case-key.ts'
import { CONTEXT, suiteAt } from '../support/fixtures.ts'
import { runProgram, type UnitRun } from '../support/run-program.ts'
import { pytestMissing, pytestVerdict } from './support.ts'

const FIXTURES = 'libs/runners/test/fixtures/pytest'

/** Debian's Python has its packages' plugins; another one may have them, too. */
const PYTHONS = ['/usr/bin/python3', 'python3']
const PLUGINS = ['xdist', 'pytest_rerunfailures', 'pytest_cov', 'pytest_subtests']

const named = ({ cases }: UnitRun, name: string): TestCase => {
  const found = cases.find((each) => caseName(each) === name)
  assert.ok(found, `${name} among ${cases.map(caseName).join(', ')}`)
  return found
}

describe('pytest with plugins', function () {
  this.timeout(60_000)
  let python = ''

  before(function () {
    const found = PYTHONS.find((each) => pytestMissing(each, ...PLUGINS).missing === undefined)
    if (found !== undefined) return void (python = found)
    const message = `no Python has pytest with ${PLUGINS.join(', ')}`
    assert.notEqual(process.env['CI'], 'true', message)
    console.warn(message)
    this.skip()
  })

  const run = async (
    name: string,
    args: readonly string[],
    { cases, coverageDir }: { cases?: readonly TestCase[]; coverageDir?: string } = {},
  ): Promise<UnitRun> => {
    const suite = suiteAt(`${FIXTURES}/${name}`, { name: 'pytest', args }, { include: [] })
    const context: RunnerContext = {
      ...CONTEXT,
      env: { ...process.env, PYTHON: python },
      ...(coverageDir !== undefined && { coverageDir }),
    }
    const prepared = await RUNNERS.pytest.prepare(suite, context, cases && { cases })
    assert.ok(prepared.ok && prepared.value.type === 'in-process')
    return runProgram(prepared.value)
  }

  it('reruns are attempts, subtests are cases, and the counts are those of pytest', async () => {
    const args = ['--reruns=1']
    const [unit, own] = await Promise.all([
      run('plugins', args),
      pytestVerdict(join(CONTEXT.root, FIXTURES, 'plugins'), { args, python }),
    ])
    const second = named(unit, 'test_second_try')
    assert.deepEqual([second.status, second.attempts], ['passed', 2])
    assert.match(second.earlierErrors?.[0]?.message ?? '', /try again/)
    const never = named(unit, 'test_never')
    assert.deepEqual([never.status, never.attempts, never.earlierErrors?.length], ['failed', 2, 1])
    const reluctant = named(unit, 'test_reluctant_set_up')
    assert.deepEqual([reluctant.status, reluctant.attempts], ['passed', 2])
    const leaving = named(unit, 'test_reluctant_tear_down')
    assert.deepEqual([leaving.status, leaving.attempts], ['passed', 2])
    const odd = named(unit, 'test_numbers › [number] (i=3)')
    assert.equal(odd.status, 'failed')
    assert.match(odd.stdout ?? '', /looking at 3/)
    assert.equal(odd.errored, undefined)
    const { passed, failed, skipped } = countCases(unit.cases)
    assert.deepEqual({ passed, failed, skipped }, unit.closing?.counts)
    // A pass that is run again for its tear-down counts twice in pytest's last line.
    assert.deepEqual({ passed: passed + 1, failed, skipped }, own.counts)
  })

  it('pytest-xdist tells each case once, whoever ran it, and reruns only what is asked for', async () => {
    const [alone, spread] = await Promise.all([run('several-files', []), run('several-files', ['-n', '2'])])
    assert.deepEqual(caseKeys(spread.cases), caseKeys(alone.cases))
    assert.deepEqual(spread.closing?.counts, alone.closing?.counts)
    const failed = alone.cases.filter(({ status }) => status === 'failed')
    const again = await run('several-files', ['-n', '2'], { cases: failed })
    assert.deepEqual(caseKeys(again.cases), caseKeys(failed))
    assert.equal(again.closing?.missing, undefined)
  })

  it('a test that ends its worker of pytest-xdist has failed', async () => {
    const unit = await run('crash', ['-n', '1'])
    const dead = named(unit, 'test_ends_all')
    assert.deepEqual([dead.status, dead.errored], ['failed', true])
    assert.match(dead.error?.message ?? '', /worker 'gw\d+' crashed while running/)
    assert.deepEqual(unit.closing?.counts, { passed: 2, failed: 1, skipped: 0 })
  })

  it('leaves coverage in the folder, and nothing beside the tests', async () => {
    const coverageDir = await mkdtemp(join(tmpdir(), 'pytest-coverage-'))
    try {
      const unit = await run('covered', [], { coverageDir })
      assert.deepEqual(unit.closing?.counts, { passed: 1, failed: 0, skipped: 0 }, unit.stderr)
      const { files } = JSON.parse(await readFile(join(coverageDir, 'coverage.json'), 'utf8')) as {
        files: Record<string, { missing_lines: number[] }>
      }
      assert.deepEqual(files['pkg/sums.py']?.missing_lines, [6])
      const beside = await readdir(join(CONTEXT.root, FIXTURES, 'covered'))
      assert.ok(!beside.includes('.coverage'), beside.join(', '))
    } finally {
      await rm(coverageDir, { recursive: true })
    }
  })
})
