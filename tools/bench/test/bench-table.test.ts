import assert from 'node:assert/strict'
import { benchTable, ratioTable, type ContestantResult } from '../src/bench-table.ts'
import { median } from '../src/median.ts'

const timings = (...walls: number[]) => walls.map((wall) => ({ wall, cpu: wall * 2 }))
const result = (name: string, cold: number[], warm: number[]): ContestantResult => ({
  name,
  note: 'a note',
  cold: timings(...cold),
  warm: timings(...warm),
  observation: { firstTestMs: 1250, largestMiB: 99.6, largest: 'node', processes: 3 },
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
