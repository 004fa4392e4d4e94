import assert from 'node:assert/strict'
import { cpuCosts } from '../../src/overhead/cpu-costs.ts'

const OURS = new URL('../../../../libs/engine/src/journal/journal-writer.ts', import.meta.url).href
const FOREIGN = new URL('../../../../node_modules/package-of-others/index.js', import.meta.url).href

const node = (id: number, functionName: string, url: string, children: readonly number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
})

describe('cpuCosts', () => {
  it('charges what others do to the function of ours that called them, and leaves waiting out', () => {
    const nodes = [
      node(1, '(root)', '', [2, 5, 6, 7]),
      node(2, 'append', OURS, [3]),
      node(3, 'parse', FOREIGN, [4]),
      node(4, 'writeSync', 'node:fs'),
      node(5, '(idle)', ''),
      node(6, 'readFile', 'node:fs'),
      node(7, '', FOREIGN),
    ]
    const samples = [2, 3, 4, 4, 5, 6, 7]
    const timeDeltas = [1000, 2000, 3000, 4000, 90_000, 500, 250]
    assert.deepEqual(cpuCosts({ nodes, samples, timeDeltas }), [
      { place: 'libs/engine/src/journal/journal-writer.ts append', ms: 10 },
      { place: 'node:fs readFile', ms: 0.5 },
      { place: `${FOREIGN} (anonymous)`, ms: 0.25 },
    ])
  })
})
