import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import { foldRun, suiteId, unitId, type RunEvent, type RunEventBody } from '@muster/model'
import { liveReporter, openReporter, plainReporter, type ReporterOptions } from '@muster/report'
import {
  attempted,
  attemptDone,
  cached,
  caseDone,
  planned,
  queued,
  retrying,
  stamp,
  started,
  unitDone,
} from './samples/sample-events.ts'
import { ROOT, START } from './samples/sample-record.ts'
import { TextStream } from './samples/text-stream.ts'

const options = (stream: TextStream): ReporterOptions => ({
  stream,
  env: {},
  root: ROOT,
  now: () => START + 9_000,
})

const plain = (bodies: readonly RunEventBody[]): string[] => {
  const stream = new TextStream(undefined)
  const reporter = plainReporter(options(stream))
  for (const event of stamp(bodies)) reporter.accept(event)
  reporter.close()
  return stream.lines
}

describe('plain reporter', () => {
  it('writes one line for each suite when it finishes', () => {
    const lines = plain([
      started(),
      planned('unit-a', 'unit-bc', 'unit-d'),
      cached('unit-bc'),
      attempted('unit-a'),
      caseDone('unit-a', 'group › works'),
      attemptDone('unit-a'),
      unitDone('unit-a'),
      { kind: 'suite-skipped', suite: suiteId('unit-d'), reason: 'unit-x did not pass' },
    ])
    assert.deepEqual(lines, [
      'Run 20260131-154501-003f9a with 2 workers',
      '↻ unit-bc  12 tests  cached from run 20260131-134141-00b01d (2 h ago)',
      '✓ unit-a   1 test  0.41 s',
      '○ unit-d   skipped: unit-x did not pass',
    ])
  })

  it('folds the shards of a suite into one line, and tells its retries', () => {
    const failed = { status: 'failed', failures: 1 } as const
    const lines = plain([
      started(),
      planned('a'),
      queued('a#1/2'),
      queued('a#2/2'),
      attempted('a#1/2'),
      attempted('a#2/2', 1, 'process', 1),
      caseDone('a#1/2', 'works'),
      attemptDone('a#1/2'),
      unitDone('a#1/2'),
      caseDone('a#2/2', 'flickers', true),
      attemptDone('a#2/2', 1, undefined, failed),
      retrying('a#2/2'),
      attempted('a#2/2', 2),
      caseDone('a#2/2', 'flickers', false, 2),
      attemptDone('a#2/2', 2),
      unitDone('a#2/2'),
    ])
    assert.deepEqual(lines.slice(1), [
      '✗ a: flickers',
      '      expected 3 to equal 2',
      '↺ a#2/2 failed, retry 1 of 2 in 2.00 s',
      '✓ a  2 tests, 1 flaky  0.82 s  2 shards  1 retry',
    ])
  })

  it('says how much a halt leaves out', () => {
    const lines = plain([
      started(),
      planned('a', 'b', 'c'),
      queued('a'),
      queued('b'),
      attempted('a'),
      { kind: 'run-halted', reason: 'critical suite smoke failed' },
    ])
    assert.equal(lines.at(-1), '! halted: critical suite smoke failed; 2 suites left out')
  })

  it('is silent about single failures in quarantine, and counts them', () => {
    const flickers = caseDone('a', 'flickers', true)
    assert.ok(flickers.kind === 'case-finished')
    const lines = plain([
      started(),
      queued('a'),
      attempted('a'),
      { ...flickers, case: { ...flickers.case, quarantined: 'ada, until March' } },
      attemptDone('a'),
      unitDone('a'),
    ])
    assert.deepEqual(lines.slice(1), ['✓ a  1 test, 1 in quarantine  0.41 s'])
  })

  it('tells a missing machine from a failure', () => {
    const lines = plain([
      started(),
      queued('a'),
      {
        kind: 'unit-finished',
        unit: unitId(suiteId('a')),
        suite: suiteId('a'),
        outcome: { status: 'no-device', missing: ['pi'] },
      },
    ])
    assert.deepEqual(lines.slice(1), ['! a  no device: no machine of this run has the label pi'])
  })

  it('announces a failure at once when it is certain', () => {
    const lines = plain([started(), attempted('a'), caseDone('a', 'group › breaks', true)])
    assert.deepEqual(lines.slice(1), ['✗ a: group › breaks', '      expected 3 to equal 2'])
  })

  it('keeps quiet about a failure that the fall back to a process takes back', () => {
    const lines = plain([
      started(),
      attempted('a', 1, 'thread'),
      caseDone('a', 'group › needs chdir', true),
      attemptDone('a', 1, 'process.chdir() is not supported in workers'),
      attempted('a', 2),
      caseDone('a', 'group › needs chdir', false, 2),
      attemptDone('a', 2),
      unitDone('a'),
    ])
    assert.deepEqual(lines.slice(1), ['✓ a  1 test  0.41 s'])
  })

  it('tells a failure of a thread with the verdict', () => {
    const lines = plain([
      started(),
      attempted('a', 1, 'thread'),
      caseDone('a', 'x', true),
      attemptDone('a'),
      unitDone('a', 1),
    ])
    assert.deepEqual(lines.slice(1), [
      '✗ a  1 test, 1 failed  0.41 s',
      '    ✗ x',
      '      expected 3 to equal 2',
    ])
  })

  it('prints names without their escape sequences', () => {
    const lines = plain([started(), attempted('a'), caseDone('a', '\u001B[2Jgone\r\n::error::x', true)])
    assert.equal(lines[1], '✗ a: gone ::error::x')
  })

  it('goes silent when its stream breaks', () => {
    const stream = new TextStream(undefined)
    const reporter = plainReporter(options(stream))
    const [first, second] = stamp([started(), cached('a')]) as [RunEvent, RunEvent]
    reporter.accept(first)
    stream.emit('error', new Error('EPIPE'))
    reporter.accept(second)
    reporter.close()
    assert.equal(stream.lines.length, 1)
  })
})

const isLive = async (stream: TextStream, env: Record<string, string>): Promise<boolean> => {
  const reporter = await openReporter({ ...options(stream), env })
  for (const event of stamp([started()])) reporter.accept(event)
  reporter.close()
  return stream.text.includes('suites')
}

describe('live reporter', () => {
  it('leaves the log and the summary behind', async () => {
    const stream = new TextStream({ columns: 80 })
    const reporter = await liveReporter(options(stream))
    const events = stamp([
      started(),
      planned('unit-a', 'unit-b'),
      cached('unit-b'),
      attempted('unit-a'),
      attemptDone('unit-a'),
      unitDone('unit-a'),
      { kind: 'run-finished' },
    ])
    for (const event of events) reporter.accept(event)
    reporter.close(foldRun(events, () => []))
    const text = stripVTControlCharacters(stream.text)
    assert.match(text, /0\/0 suites/)
    assert.match(text, /✓ unit-a {2}0 tests {2}0\.41 s\n/)
    assert.equal(text.trimEnd().split('\n').at(-1), 'Tests: 12 passed, 0 failed, 0 skipped')
  })

  it('is for terminals outside CI', async () => {
    assert.equal(await isLive(new TextStream({ columns: 80 }), {}), true)
    assert.equal(await isLive(new TextStream({ columns: 80 }), { CI: 'true' }), false)
    assert.equal(await isLive(new TextStream({ columns: 80 }), { TERM: 'dumb' }), false)
    assert.equal(await isLive(new TextStream(undefined), {}), false)
  })
})
