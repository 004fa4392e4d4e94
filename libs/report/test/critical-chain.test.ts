import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { criticalChain } from '../src/facts/critical-chain.ts'
import { arbitraryRecord } from './samples/arbitrary-record.ts'
import { busyRecord } from './samples/busy-record.ts'
import { sampleAttempt, sampleRun, sampleSuite, START } from './samples/sample-record.ts'

const suite = (name: string, from: number, durationMs: number, worker: number, dependsOn: string[] = []) =>
  sampleSuite(name, {
    dependsOn,
    attempts: [sampleAttempt(name, { worker, startedAt: START + from, durationMs })],
  })
const chain = (...suites: ReturnType<typeof suite>[]) =>
  criticalChain(sampleRun(suites)).map(({ unit, after, waitedMs }) => [unit, after, waitedMs])

describe('critical chain', () => {
  it('is empty when nothing was executed', () => {
    assert.deepEqual(chain(), [])
  })

  it('follows the worker where that was taken', () => {
    assert.deepEqual(chain(suite('a', 100, 500, 0), suite('b', 600, 300, 0), suite('c', 100, 400, 1)), [
      ['a', 'start', 100],
      ['b', 'worker', 0],
    ])
  })

  it('follows the dependency where that ended last', () => {
    assert.deepEqual(
      chain(suite('a', 0, 100, 0), suite('b', 0, 700, 1), suite('c', 710, 50, 0, ['a', 'b'])),
      [
        ['b', 'start', 0],
        ['c', 'dependency', 10],
      ],
    )
  })

  it('holds a dependency responsible rather than the worker when both ended together', () => {
    assert.deepEqual(chain(suite('a', 0, 100, 0), suite('b', 100, 50, 0, ['a']))[1], ['b', 'dependency', 0])
  })

  it('passes over dependencies that came from the cache', () => {
    const cached = sampleSuite('a', { cached: true, attempts: [] })
    assert.deepEqual(
      criticalChain(sampleRun([cached, suite('b', 30, 10, 0, ['a'])])).map(({ after }) => after),
      ['start'],
    )
  })

  it('goes through shards and retries', () => {
    assert.deepEqual(
      criticalChain(busyRecord()).map(({ unit, ordinal, after, waitedMs }) => [
        unit,
        ordinal,
        after,
        waitedMs,
      ]),
      [
        ['unit-cart', 1, 'start', 200],
        ['integration-cart#2/2', 1, 'dependency', 150],
        ['integration-cart#2/2', 2, 'retry', 1_050],
        ['e2e-checkout', 1, 'dependency', 100],
      ],
    )
  })

  it('ends with the last execution, goes forward in time and has each execution once, on any record', () => {
    fc.assert(
      fc.property(arbitraryRecord, (record) => {
        const links = criticalChain(record)
        const ends = record.suites.flatMap((each) =>
          each.attempts.map((one) => one.startedAt + one.durationMs),
        )
        const last = links.at(-1)
        assert.equal(
          last && last.startedAt + last.durationMs,
          ends.length > 0 ? Math.max(...ends) : undefined,
        )
        assert.ok(links.length <= ends.length)
        for (const [index, link] of links.entries()) {
          const before = links[index - 1]
          assert.equal(link.after === 'start', before === undefined)
          if (before) assert.ok(before.startedAt + before.durationMs <= link.startedAt + 5)
        }
      }),
    )
  })

  it('takes ten thousand executions in a row', () => {
    const suites = Array.from({ length: 10_000 }, (_, index) => suite(`s${index}`, index * 10, 10, 0))
    assert.equal(chain(...suites).length, 10_000)
  })
})
