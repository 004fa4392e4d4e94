import assert from 'node:assert/strict'
import { advance, startProgress } from '../src/progress/progress-state.ts'
import { createStyle } from '../src/terminal/style.ts'
import { renderLive } from '../src/terminal/render-live.ts'
import { displayWidth } from '../src/text/display-width.ts'
import { attempted, caseDone, planned, queued, stamp, started } from './samples/sample-events.ts'
import { START } from './samples/sample-record.ts'

const NAMES = ['unit-a', 'integration-with-a-rather-long-name-and-日本語', 'unit-c', 'unit-d']

const progress = () => {
  const state = startProgress()
  const bodies = [
    started(2),
    planned(...NAMES),
    ...NAMES.map(queued),
    attempted('unit-a'),
    caseDone('unit-a', 'x', true),
  ]
  for (const event of stamp([...bodies, attempted(NAMES[1] ?? '')])) advance(state, event)
  return state
}
const screen = (width: number, rows = 20, unicode = true): string[] =>
  renderLive(progress(), createStyle({ color: false, unicode, width }), {
    now: START + 20_000,
    rows,
    expectedMs: new Map(NAMES.map((name) => [name, 30_000])),
  })

describe('live screen', () => {
  it('shows counts, time left, the queue and what each worker does', () => {
    assert.deepEqual(screen(100), [
      '',
      '  ────────────────────────────── 0/4 suites',
      '  ✓ 0  ·  1 test  ·  1 failed',
      '  20 s  ·  about 47 s left  ·  2 queued',
      '',
      '  1 ▸ unit-a                            14 s  1 failed  1 test',
      '  1 ▸ integration-with-a-rather-long-…  12 s',
    ])
  })

  it('keeps within any width, so that nothing wraps', () => {
    for (let width = 20; width < 120; width++) {
      for (const line of screen(width)) assert.ok(displayWidth(line) <= width, `${width}: ${line}`)
    }
  })

  it('keeps within the height and says what it leaves out', () => {
    assert.equal(screen(100, 6).at(-1), '  … and 2 more running')
  })

  it('does without Unicode', () => {
    assert.match(screen(100, 20, false).slice(0, 5).join(''), /^[\u0020-\u007E]*$/)
  })
})
