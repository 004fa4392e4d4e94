import assert from 'node:assert/strict'
import path from 'node:path'
import { openHistory } from '@muster/history'
import { EXIT } from '../../src/exit-codes.ts'
import { main } from '../../src/main.ts'
import { aRun, aSuite } from '../history-support.ts'
import { inScratch, said } from '../support.ts'

const WEEK = 7 * 24 * 3_600_000
const START = Date.UTC(2026, 0, 5)
const WORKSPACE = {
  'nx.json': {},
  'b/suite.json': { name: 'speed', kind: 'performance', runner: 'tinybench' },
}

/** In no order, about 1 % around 1; the same each time. */
const noise = (run: number): number => 1 + (((run * 7) % 11) - 5) / 500

/** A run a week with these medians. */
async function measureWeekly(root: string, weeks: number, of: Record<string, (week: number) => number>) {
  const opened = await openHistory({ file: path.join(root, '.muster/history.db') })
  assert.ok(opened.ok)
  for (let week = 0; week < weeks; week++) {
    const metrics = Object.fromEntries(
      Object.entries(of).map(([name, level]) => {
        const value = level(week) * noise(week)
        return [name, { value, unit: 'ms', better: 'lower' as const, samples: [value] }]
      }),
    )
    const policy = { usage: [], threshold: 0.15, onRegression: 'fail' } as const
    const commit = `c${week}`
    const measurement = { machine: 'box', environment: {}, commit, othersCpus: 0, policy, metrics }
    const startedAt = START + week * WEEK
    const suite = aSuite([], { name: 'speed', kind: 'performance', measurement })
    const done = await opened.value.ingest(
      aRun(week, suite, { runId: `run-${week}`, startedAt, finishedAt: startedAt + 1000 }),
    )
    assert.ok(done.ok, JSON.stringify(done))
  }
  await opened.value.close()
}

describe('muster baseline history', () => {
  it('finds a creep of 2 % a week, dates a step to two commits, and counts what is steady', () =>
    inScratch(WORKSPACE, async (root) => {
      await measureWeekly(root, 26, {
        creeps: (week) => 10 * 1.02 ** week,
        steps: (week) => (week < 13 ? 10 : 13),
        steady: () => 10,
      })
      const { value, stdout } = await said(() => main(['baseline', 'history']), root)
      assert.equal(value, EXIT.passed)
      assert.match(stdout, /^speed: \(suite\) \(creeps\), 26 runs on m\n/m)
      assert.match(stdout, /creeps: worse by \+[12]\.\d % a run, \+[12]\.\d % a week, p 0\.\d+/)
      assert.match(
        stdout,
        /\(steps\), 26 runs on m\n.*\n {2}worse \+(29|3[01])\.\d % \(10 ms → 13 ms\) on 2026-04-06, between c12 and c13, p 0\.\d+\n\n/,
      )
      assert.doesNotMatch(stdout, /\(steady\)/)
      assert.match(stdout, /^1 of 3 measured series without a change that stands out$/m)
      const json = await said(() => main(['baseline', 'history', 'creeps', '--json']), root)
      const { creep } = JSON.parse(json.stdout) as { creep: { perWeek: number } }
      assert.ok(Math.abs(creep.perWeek - 0.02) < 0.01, String(creep.perWeek))
    }))

  it('says when nothing was measured', () =>
    inScratch(WORKSPACE, async (root) => {
      await measureWeekly(root, 0, {})
      for (const [name, message] of [
        [[], /no run has measured anything/],
        [['x'], /called "x"/],
      ] as const) {
        const { value, stderr } = await said(() => main(['baseline', 'history', ...name]), root)
        assert.equal(value, EXIT.usage)
        assert.match(stderr, message)
      }
    }))
})
