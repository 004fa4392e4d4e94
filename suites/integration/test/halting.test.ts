import assert from 'node:assert/strict'
import type { ScratchWorkspace } from '@muster/testkit'
import { commandSuite, nobodyLeft, readRecord, statuses, suiteOf, withWorkspace } from './support.ts'

const TEST = ['run-many', '-t', 'test', '--skip-nx-cache'] as const

/** As if the suite had taken so long in the runs that are remembered. */
async function remember(workspace: ScratchWorkspace, suite: string, durationMs: number): Promise<void> {
  await nobodyLeft(workspace)
  const lines = (await workspace.read('.muster/memory.ndjson')).trim().split('\n')
  const told = lines.map((line) => {
    const entry = JSON.parse(line) as { suite: string; durationMs?: number }
    if (entry.suite === suite) entry.durationMs = durationMs
    return `${JSON.stringify(entry)}\n`
  })
  await workspace.write('.muster/memory.ndjson', told.join(''))
}

describe('a run that ends early', () => {
  it('by a halted phase or a spent budget: says what was left out and why, and is not green', () =>
    withWorkspace(
      {
        ...commandSuite('gate', 'test ! -e ../../dist/broken', { halt: 'phase', priority: 'critical' }),
        ...commandSuite('long', 'true', { priority: 'low' }),
        ...commandSuite('quick', 'true'),
        ...commandSuite('behind-quick', 'true', { dependsOn: ['quick'] }),
      },
      async (workspace) => {
        // So that the times are known.
        assert.equal((await workspace.nx(TEST)).code, 0)
        await remember(workspace, 'long', 90_000)

        const hasty = await workspace.nx(TEST, { env: { MUSTER_BUDGET_MS: '50000' } })
        assert.notEqual(hasty.code, 0)
        const short = await readRecord(workspace)
        assert.deepEqual(statuses(short), {
          'behind-quick': 'passed',
          gate: 'passed',
          long: 'skipped',
          quick: 'passed',
        })
        assert.match(suiteOf(short, 'long').message ?? '', /time budget of 50 s leaves no room/)
        assert.match(hasty.stdout, /time budget of 50 s/)
        assert.notEqual(short.verdict, 'passed')

        await workspace.write('dist/broken', '')
        const halted = await workspace.nx(TEST, {
          env: { MUSTER_WORKERS: '1', MUSTER_OBJECTIVE: 'feedback' },
        })
        assert.notEqual(halted.code, 0)
        const stopped = await readRecord(workspace)
        assert.deepEqual(statuses(stopped), {
          'behind-quick': 'skipped',
          gate: 'failed',
          long: 'skipped',
          quick: 'skipped',
        })
        for (const name of ['long', 'quick', 'behind-quick'])
          assert.match(suiteOf(stopped, name).message ?? '', /phase 1 halted: gate did not pass/, name)
        assert.match(halted.stdout, /phase 1 halted: gate did not pass/)
      },
    ))
})
