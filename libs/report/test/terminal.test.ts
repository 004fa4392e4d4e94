import assert from 'node:assert/strict'
import type { RunRecord } from '@muster/model'
import { createStyle, renderSummary, streamStyle, terminalOutput } from '@muster/report'
import * as fc from 'fast-check'
import { canUnicode, wantsColor } from '../src/terminal/stream-style.ts'
import { arbitraryRecord } from './samples/arbitrary-record.ts'
import { busyRecord } from './samples/busy-record.ts'
import { ROOT, sampleAttempt, sampleRecord, sampleRun, sampleSuite, START } from './samples/sample-record.ts'
import { TextStream } from './samples/text-stream.ts'

const suite = (name: string) => {
  const found = sampleRecord().suites.find((each) => each.name === name)
  assert.ok(found)
  return found
}

const lineOf = (record: RunRecord, start: string): string | undefined =>
  renderSummary(record, { root: ROOT, report: null })
    .split('\n')
    .find((line) => line.startsWith(start))

describe('summary', () => {
  const lines = renderSummary(sampleRecord(), { root: ROOT }).split('\n')

  it('ends with the exact line for scripts, the facts above it', () => {
    assert.deepEqual(lines.slice(-5), [
      'Failed: 2 of 94 tests failed, 3 suites crashed, timed out or could not start in 12.4 s',
      'Report: reports/latest/index.html',
      'Suites: 4 passed (2 cached), 4 failed, 1 skipped; 1 flaky test',
      'Tests: 91 passed, 2 failed, 1 skipped, 1 flaky',
      '',
    ])
  })

  it('shows each failure with message, diff, place and command', () => {
    const from = lines.findIndex((line) => line.includes('adds shipping above the limit'))
    assert.deepEqual(lines.slice(from, from + 13), [
      '  ✗ cart › totals › adds shipping above the limit',
      '    Expected values to be strictly deep-equal:',
      '    - expected  + actual',
      '      {',
      '        "currency": "EUR",',
      '        "items": 3,',
      '    -   "shipping": 490,',
      '    -   "total": 4690',
      '    +   "shipping": 0,',
      '    +   "total": 4200',
      '      }',
      '    at Context.<anonymous> (libs/cart/test/totals.test.ts:48:12)',
      '    at total (libs/cart/src/total.ts:12:9)',
    ])
    assert.ok(lines.includes('  reproduce: npx mocha --config suites/unit-cart/.mocharc.json'))
  })

  it('says that a run was stopped', () => {
    const record = sampleRun([sampleSuite('a', { status: 'aborted', message: 'Ctrl-C' })], {
      complete: false,
      verdict: 'aborted',
    })
    const text = renderSummary(record, { root: ROOT, report: null })
    assert.match(text, /not finished: a\n/)
    assert.match(text, /Stopped: 1 of 1 suite did not finish/)
    assert.doesNotMatch(text, /Report:/)
  })

  it('claims no passes for what was not run', () => {
    const skipped = [sampleSuite('a', { status: 'skipped' }), sampleSuite('b', { status: 'skipped' })]
    const stopped = sampleRun(skipped, { verdict: 'aborted', halted: 'Ctrl-C' })
    assert.match(lineOf(stopped, 'Stopped')!, /^Stopped: 2 suites left out, nothing was run in /)
    const cut = sampleRun([...skipped, sampleSuite('c', { status: 'aborted' })], { halted: 'Ctrl-C' })
    assert.equal(lineOf(cut, '! halted'), '! halted: Ctrl-C; 2 suites left out, 1 not finished')
    const rerun = sampleRun([sampleSuite('a', { passed: 3, notRerun: 2 })])
    assert.match(lineOf(rerun, 'Passed')!, /^Passed: 3 tests passed in 1 suite, 2 of them not rerun in /)
  })

  it('lists what nobody turns red for, and what was left out with the reason', () => {
    const text = renderSummary(busyRecord(), { root: ROOT, report: null })
    assert.equal(
      text,
      [
        '',
        '── In quarantine ───────────────────────────────────────────',
        '',
        '⊘ unit-cart: cart › clock › survives a leap second',
        '    in quarantine: owner ada, until 2026-03-01: fails at midnight',
        '    expected 60 to equal 59',
        '',
        '── Flaky ───────────────────────────────────────────────────',
        '',
        '≈ integration-cart: cart › orders › ships to two places  passed on attempt 2',
        '    port 41873 is taken',
        '',
        '! halted: the budget of 10 s is used up; 3 suites left out',
        '! no machine of this run has the labels pi, scale; no device for: hardware-scale',
        '○ the budget of 10 s is used up; left out: load-cart, load-search, chaos-network',
        '! slow: unit-cart took 1.80 s',
        'Slowest: integration-cart 5.70 s, unit-cart 1.80 s, e2e-checkout 1.50 s',
        'Held up by: unit-cart 1.80 s, then integration-cart#2/2 1.90 s, then integration-cart#2/2 3.00 s, then e2e-checkout 1.50 s; workers 61 % busy',
        '',
        'Could not run everything: 1 of 8 suites had no machine to run on in 9.80 s',
        'Suites: 4 passed, 0 failed, 3 skipped, 1 without a device; 1 flaky test',
        'Tests: 33 passed, 0 failed, 0 skipped, 1 flaky, 1 in quarantine, 7 not rerun',
        '',
      ].join('\n'),
    )
  })

  it('names a suite that passed only after a crash, though no test shows it', () => {
    const record = sampleRun([
      sampleSuite('a', {
        unstable: true,
        attempts: [sampleAttempt('a', { status: 'crashed' }), sampleAttempt('a', { ordinal: 2 })],
      }),
    ])
    assert.match(
      renderSummary(record, { root: ROOT }),
      /≈ a {2}passed on attempt 2\n {4}a, attempt 1: crashed\n/,
    )
  })

  it('colours without changing a character', () => {
    const colored = renderSummary(sampleRecord(), {
      root: ROOT,
      style: createStyle({ color: true, unicode: true, width: Infinity }),
    })
    assert.notEqual(colored, lines.join('\n'))
    // oxlint-disable-next-line no-control-regex
    assert.equal(colored.replaceAll(/\u001B\[\d+m/g, ''), lines.join('\n'))
    assert.equal(colored.trimEnd().split('\n').at(-1), 'Tests: 91 passed, 2 failed, 1 skipped, 1 flaky')
  })

  it('never throws and keeps its last line, on any record', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const last = renderSummary(record, { root: ROOT }).trimEnd().split('\n').at(-1)
        const { passed, failed, skipped, quarantined } = record.totals
        const start = `Tests: ${passed} passed, ${failed - quarantined} failed, ${skipped} skipped`
        assert.equal(last?.slice(0, start.length), start)
      }),
    )
  })
})

describe('output of one task', () => {
  it('is one line for a pass', () => {
    assert.equal(terminalOutput(suite('unit-model')), '✓ unit-model  23 tests  0.41 s\n')
    assert.equal(
      terminalOutput(suite('unit-search'), { now: START }),
      '↻ unit-search  12 tests  cached from run 20260131-134210-b01d7e (2 h ago)\n',
    )
  })

  it('shows failing cases, output and command for a failure', () => {
    const text = terminalOutput(suite('unit-cart'), {
      stdout: '\u001B[32mready\u001B[39m\n',
      stderr: '',
      root: ROOT,
    })
    assert.match(text, /^stdout:\n {2}ready\n/)
    assert.match(text, /✗ cart › persists › survives a restart\n {4}timed out waiting for ready/)
    assert.match(text, /reproduce: npx mocha --config suites\/unit-cart\/\.mocharc\.json\n$/)
    assert.doesNotMatch(text, /stderr/)
  })

  it('adds to a pass what was flaky and what failed in quarantine', () => {
    const [quarantined, , split] = busyRecord().suites
    assert.ok(quarantined && split)
    assert.equal(
      terminalOutput(quarantined),
      [
        '✓ unit-cart  13 tests, 1 in quarantine  1.80 s  slow',
        '⊘ unit-cart: cart › clock › survives a leap second',
        '    in quarantine: owner ada, until 2026-03-01: fails at midnight',
        '    expected 60 to equal 59',
        '',
      ].join('\n'),
    )
    assert.match(
      terminalOutput(split),
      /^✓ integration-cart {2}10 tests, 1 flaky {2}5\.70 s {2}2 shards {2}1 retry\n≈ /,
    )
  })

  it('shows only the tail of a long output', () => {
    const stdout = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n')
    const text = terminalOutput(suite('e2e-browser'), { stdout })
    assert.match(text, /… 460 lines before\n {2}line 460\n/)
    assert.match(text, /✗ e2e-browser {2}crashed: the runner ended with exit code 134/)
  })

  it('never throws, on any suite', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) =>
        record.suites.every((each) => terminalOutput(each).endsWith('\n')),
      ),
    )
  })
})

describe('style of a stream', () => {
  const terminal = new TextStream({ columns: 120 })
  const pipe = new TextStream(undefined)

  it('has colours on a terminal unless NO_COLOR, on a pipe only with FORCE_COLOR', () => {
    assert.equal(wantsColor(terminal, {}), true)
    assert.equal(wantsColor(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }), false)
    assert.equal(wantsColor(terminal, { NO_COLOR: '' }), true)
    assert.equal(wantsColor(terminal, { TERM: 'dumb' }), false)
    assert.equal(wantsColor(pipe, {}), false)
    assert.equal(wantsColor(pipe, { FORCE_COLOR: '1' }), true)
  })

  it('falls back to ASCII where a terminal can’t show more', () => {
    assert.equal(canUnicode(terminal, { LANG: 'en_US.UTF-8' }), true)
    assert.equal(canUnicode(terminal, { LANG: 'en_US.UTF-8', LC_ALL: 'C' }), false)
    assert.equal(canUnicode(terminal, { TERM: 'linux' }), false)
    assert.equal(canUnicode(pipe, { LC_ALL: 'C' }), true)
  })

  it('knows its width', () => {
    assert.equal(streamStyle(terminal, {}).width, 120)
    assert.equal(streamStyle(pipe, {}).width, Infinity)
  })
})
