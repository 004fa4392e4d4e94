import assert from 'node:assert/strict'
import { benchTable, ratioTable, roleTable, type ContestantResult } from '../src/bench-table.ts'
import { median } from '../src/median.ts'
import type { Watched } from '../src/observe.ts'

const timings = (...walls: number[]) => walls.map((wall) => ({ wall, cpu: wall * 2 }))
const result = (name: string, cold: number[], warm: number[]): ContestantResult => ({
  name,
  note: 'a note',
  cold: timings(...cold),
  warm: timings(...warm),
  observation: { firstTestMs: 1250, largestMiB: 99.6, largest: 'node', processes: [] },
})

describe('median', () => {
  it('is the middle, or the mean of the middle two', () => {
    assert.equal(median([3, 1, 2]), 2)
    assert.equal(median([4, 1, 2, 3]), 2.5)
    assert.equal(Number.isNaN(median([])), true)
  })
})

describe('benchTable', () => {
  it('shows medians with their range, and a dash where nothing was measured', () => {
    const lines = benchTable([result('a', [1, 3, 2], [])]).split('\n')
    assert.equal(lines[2], '| a | 2.00 (1.00–3.00) | 4.00 (2.00–6.00) | – | – | 1.25 | 100 | a note |')
  })
})

describe('ratioTable', () => {
  it('divides the row by the column', () => {
    const lines = ratioTable([result('a', [2], [1]), result('b', [4], [])]).split('\n')
    assert.equal(lines[2], '| a | 1.00 / 1.00 | 0.50 / – |')
    assert.equal(lines[3], '| b | 2.00 / – | 1.00 / – |')
  })
})

const watched = (command: string, cpuMs: number, mib: number): Watched => ({ command, cpuMs, mib })

describe('roleTable', () => {
  it('adds up the processes of a role, and has a column for each role of any contestant', () => {
    const cold = result('muster', [1], [])
    const processes = [
      watched('/usr/bin/node node_modules/.bin/nx run-many -t test', 1000, 90),
      watched('node /x/nx/src/project-graph/plugins/isolation/plugin-worker.js s', 300, 70),
      watched('node /x/nx/src/project-graph/plugins/isolation/plugin-worker.js t', 350, 80),
      watched('node /x/nx/src/tasks-runner/batch/run-batch.js', 500, 85),
      watched('node /x/engine/dist/coordinator/main.js {"nx":"nx.js"}', 1200, 99),
    ]
    const lines = roleTable([
      { ...cold, observation: { ...cold.observation, processes } },
      result('other', [1], []),
    ]).split('\n')
    assert.equal(lines[0], "| CPU s (MiB) | coordinator | nx | Nx's plugin workers | batch worker |")
    assert.equal(lines[2], '| muster | 1.20 (99) | 1.00 (90) | 0.65 (80) | 0.50 (85) |')
    assert.equal(lines[3], '| other | – | – | – | – |')
  })
})
