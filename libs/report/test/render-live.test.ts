import assert from 'node:assert/strict'
import { advance, startProgress } from '../src/progress/progress-state.ts'
import { createStyle } from '../src/terminal/style.ts'
import { renderLive } from '../src/terminal/render-live.ts'
import { displayWidth } from '../src/text/display-width.ts'
import {
  attempted,
  attemptDone,
  caseDone,
  planned,
  queued,
  retrying,
  stamp,
  started,
} from './samples/sample-events.ts'
import { START } from './samples/sample-record.ts'

const NAMES = ['unit-a', 'integration-with-a-rather-long-name-and-日本語', 'unit-c', 'unit-d']

const progress = () => {
  const state = startProgress()
  const bodies = [
    started(2),
    planned(...NAMES),
    ...NAMES.map((name) => queued(name, 30_000)),
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
  })

describe('live screen', () => {
  it('shows counts, time left, the queue and what each worker does', () => {
    assert.deepEqual(screen(100), [
      '',
      '  ────────────────────────────── 0/4 suites',
      '  ✓ 0  ·  1 test  ·  1 failed',
      '  20 s  ·  about 50 s left  ·  2 queued  ·  workers 93 % busy',
      '',
      '  1 ▸ unit-a                                14 s  of 30 s  1 failed  1 test',
      '  1 ▸ integration-with-a-rather-long-name…  12 s  of 30 s',
    ])
  })

  it('shows no figures before there is anything to count from', () => {
    const style = createStyle({ color: false, unicode: true, width: 100 })
    const lines = renderLive(startProgress(), style, { now: START, rows: 20 })
    assert.deepEqual(lines, ['', '  waiting for Nx to say what to run'])
  })

  it('shows shards, what overruns, and retries with their time', () => {
    const state = startProgress()
    const bodies = [
      started(2),
      planned('unit-cart', 'unit-mail'),
      queued('unit-cart#1/2', 4_000),
      queued('unit-cart#2/2', 60_000),
      queued('unit-mail', 3_000),
      attempted('unit-cart#1/2'),
      attempted('unit-mail', 1, 'process', 1),
      attemptDone('unit-mail', 1, undefined, {
        status: 'crashed',
        message: 'gone',
        exitCode: 1,
        signal: null,
      }),
      retrying('unit-mail', 1, 30_000),
      attempted('unit-cart#2/2', 1, 'process', 1),
    ]
    for (const event of stamp(bodies)) advance(state, event)
    const style = createStyle({ color: false, unicode: true, width: 100 })
    assert.deepEqual(renderLive(state, style, { now: START + 14_000, rows: 20 }).slice(2), [
      '  ✓ 0  ·  0 tests',
      '  14 s  ·  about 55 s left  ·  1 to retry  ·  workers 80 % busy',
      '',
      '  1 ▸ unit-cart#1/2   9 s  of 4 s  slow',
      '  2 ▸ unit-cart#2/2   5 s  of 1 min 00 s',
      '    ↺ unit-mail      retry 1 of 2 in 24 s',
    ])
  })

  it('cuts a long name before the number of its shard', () => {
    const state = startProgress()
    const name = `${'very-'.repeat(12)}long#12/34`
    for (const event of stamp([started(1), queued(name), attempted(name)])) advance(state, event)
    const style = createStyle({ color: false, unicode: true, width: 60 })
    const line = renderLive(state, style, { now: START + 3_000, rows: 20 }).at(-1) ?? ''
    assert.match(line, /^ {2}1 ▸ very-very-.*…#12\/34 +1 s$/)
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
