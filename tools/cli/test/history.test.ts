import assert from 'node:assert/strict'
import path from 'node:path'
import type { FlakyFinding, SuiteEntry } from '@muster/history'
import { renderFlaky } from '../src/commands/flaky-table.ts'
import { suiteTable } from '../src/commands/history-tables.ts'
import { EXIT } from '../src/exit-codes.ts'
import { main } from '../src/main.ts'
import { fillHistory } from './history-support.ts'
import { inScratch, said } from './support.ts'

const WORKSPACE = { 'nx.json': {}, 'a/suite.json': { name: 'unit-core', kind: 'unit' } }

/** Runs commands, one after the other, in a workspace with a history. */
const inWorkspace = (
  use: (run: (...args: string[]) => ReturnType<typeof said<number>>, root: string) => Promise<void>,
): Promise<void> =>
  inScratch(WORKSPACE, async (root) => {
    await fillHistory(root)
    await use((...args) => said(() => main(args), root), root)
  })

describe('muster flaky', () => {
  it('shows how often, how sure, of what kind, and what to do', () =>
    inWorkspace(async (run) => {
      const { value, stdout } = await run('flaky')
      assert.equal(value, EXIT.passed)
      assert.match(stdout, /^RATE +95 % +RUNS +KIND +LAST SEEN +OWNER +WHAT\n/)
      // 5 runs on contents that can pass; 2 with a failure.
      assert.match(
        stdout,
        /^40 % +12–77 % +2\/5 +both +\d{4}-\d\d-\d\d +unit-core › group › x\n {4}late\n {4}linux-x64 \S+: 2 of 4, win32-x64 \S+: 0 of 1\n/m,
      )
      assert.match(
        stdout,
        /^Not flaky: .*\n.*\n25 % .* 1\/4 +platform .*unit-core › group › win\n {4}EPERM\n/m,
      )
      assert.match(stdout, /npx muster quarantine add unit-core 'group › x' --owner ME --reason WHY$/m)
      assert.doesNotMatch(stdout, /broken|stays/)
    }))

  it('knows who looks after it, and then offers no quarantine', () =>
    inWorkspace(async (run) => {
      await run('quarantine', 'add', 'unit-core', 'group › x', '--owner', 'anna', '--reason', 'known')
      const { stdout } = await run('flaky')
      assert.match(stdout, /both +\S+ +anna +unit-core › group › x/)
      assert.doesNotMatch(stdout, /npx muster quarantine add/)
      const { findings } = JSON.parse((await run('flaky', '--json')).stdout) as {
        findings: (FlakyFinding & { quarantine: { owner: string } | null })[]
      }
      assert.deepEqual(
        findings.map(({ verdict, caseName, quarantine }) => [verdict, caseName, quarantine?.owner]),
        [
          ['flaky', 'group › x', 'anna'],
          ['environment', 'group › win', undefined],
        ],
      )
    }))

  it('is quiet when nothing is flaky', () =>
    inScratch(WORKSPACE, async (root) => {
      const { value, stdout } = await said(() => main(['flaky', '--days', '7']), root)
      assert.deepEqual([value, stdout], [EXIT.passed, 'Nothing flaky in the last 7 days.\n'])
    }))

  const finding: FlakyFinding & { quarantine: null } = {
    verdict: 'flaky',
    suite: 'unit-core',
    caseName: `group › ${'a very long name '.repeat(9)}`,
    file: null,
    executions: 20,
    events: 1,
    sameContent: 1,
    onRetry: 0,
    rate: { value: 0.05, low: 0.009, high: 0.236 },
    firstAt: 0,
    lastAt: 0,
    message: 'x'.repeat(300),
    environments: [],
    quarantine: null,
  }
  for (const width of [80, 120]) {
    it(`fits its table into ${width} columns`, () => {
      const lines = renderFlaky([finding], width).split('\n')
      for (const line of lines.slice(0, 3)) assert.ok(line.length <= width, line)
      assert.ok(
        lines.some((line) => line.includes(`${finding.caseName}' --owner`)),
        'commands are whole',
      )
    })
  }

  it('points at the runs of a suite that no case explains', () => {
    const text = renderFlaky([{ ...finding, caseName: null, message: 'gone' }], 80)
    assert.match(text, /npx muster history unit-core$/)
    assert.doesNotMatch(text, /quarantine/)
  })
})

describe('muster history', () => {
  it('shows the runs of a suite with units, tries, memory and estimate, in 80 columns', () =>
    inWorkspace(async (run) => {
      const entries = JSON.parse((await run('history', 'unit-core', '--json')).stdout) as SuiteEntry[]
      assert.equal(entries.length, 5)
      const lines = suiteTable(entries, 80).split('\n')
      for (const line of lines) assert.ok(line.length <= 80, line)
      assert.match(lines[3] ?? '', /^\S+ +flaky +3\/3 +1\.23 s +1\.10 s +1 +1 +123 MB$/)
      assert.match(suiteTable(entries, 120), /HASH +FROM\n.* other/)
    }))

  it('shows the test cases of a suite', () =>
    inWorkspace(async (run) => {
      const { stdout } = await run('history', 'unit-core', '--cases')
      assert.match(stdout, /^passed +5 +1 +1 +3 ms +group › x$/m)
      assert.match(
        (await run('history', 'nobody', '--cases')).stdout,
        /No run executed test cases of .*nobody/,
      )
      assert.match((await run('history', 'nobody')).stdout, /No run knows a suite "nobody"/)
    }))

  it('shows how busy the workers were', () =>
    inWorkspace(async (run) => assert.match((await run('history')).stdout, /2\.00 s +75 % +nx run-many/)))

  it('goes to another machine and comes back, and old runs can be forgotten', () =>
    inWorkspace(async (run, root) => {
      const file = path.join(root, 'all.ndjson')
      assert.match((await run('history', 'export', file)).stdout, /^5 runs written to /)
      assert.match((await run('history', 'import', file)).stdout, /^0 runs added, 5 known already/)
      assert.match((await run('history', 'prune', '--keep', '2')).stdout, /^3 runs forgotten/)
      assert.match((await run('history', 'import', file)).stdout, /^3 runs added, 2 known already/)
    }))

  it('says what is wrong with a file', () =>
    inScratch({ ...WORKSPACE, 'x.ndjson': '{}\n' }, async (root) => {
      const wrong = await said(() => main(['history', 'import', 'x.ndjson']), root)
      assert.equal(wrong.value, EXIT.usage)
      assert.match(wrong.stderr, /^muster: x\.ndjson:1 holds no run record/)
      const absent = await said(() => main(['history', 'import', 'no.ndjson']), root)
      assert.equal(absent.value, EXIT.environment)
      assert.match(absent.stderr, /ENOENT/)
      assert.equal((await said(() => main(['history', 'prune']), root)).value, EXIT.usage)
    }))
})
