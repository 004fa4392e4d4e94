import { deepEqual, equal, ok } from 'node:assert/strict'
import * as fc from 'fast-check'
import type { ExecutionGroup } from '../src/flaky/execution-group.ts'
import { findFlaky } from '../src/flaky/find-flaky.ts'
import { wilson } from '../src/flaky/wilson.ts'

const aGroup = (over: Partial<ExecutionGroup> = {}): ExecutionGroup => {
  const { retried = 0, failed = 0 } = over
  return {
    key: `${over.suite ?? 'a'} ${over.caseName === undefined ? 'x' : over.caseName}`,
    suite: 'a',
    caseName: 'x',
    file: null,
    content: 'h',
    platform: 'linux-x64',
    node: 'v20',
    clean: 0,
    retried: 0,
    failed: 0,
    unexplained: 0,
    firstAt: retried + failed > 0 ? 1 : null,
    lastAt: retried + failed > 0 ? 2 : null,
    ...over,
  }
}

const told = (...groups: ExecutionGroup[]): [string, number, number][] =>
  findFlaky(groups).map(({ verdict, events, executions }) => [verdict, events, executions])

const names = (...groups: ExecutionGroup[]) => findFlaky(groups).map(({ caseName }) => caseName)

describe('findFlaky', () => {
  it('finds nothing in passes, nor in what is broken', () => {
    deepEqual(told(aGroup({ clean: 9 }), aGroup({ content: 'h2', failed: 9 })), [])
  })

  it('compares all runs of contents on which it can pass', () => {
    deepEqual(
      told(
        aGroup({ clean: 7, failed: 1 }),
        aGroup({ content: 'h2', clean: 12 }),
        aGroup({ content: 'h3', failed: 5 }),
      ),
      [['flaky', 1, 20]],
    )
  })

  it('takes one pass after a retry as evidence, without a second run', () => {
    deepEqual(told(aGroup({ retried: 1 })), [['flaky', 1, 1]])
  })

  it('tells what fails in one environment only from what is flaky', () => {
    const linux = aGroup({ clean: 3 })
    const windows = aGroup({ platform: 'win32-x64', failed: 2 })
    deepEqual(told(linux, windows), [['environment', 2, 5]])
    deepEqual(told(aGroup({ clean: 3 }), aGroup({ node: 'v24', failed: 2 })), [['environment', 2, 5]])
    deepEqual(told(linux, { ...windows, clean: 1 }), [['flaky', 2, 6]])
    deepEqual(told(linux, { ...windows, content: 'h2' }), [], 'another content, another story')
  })

  it('shows the suite as a whole where its cases do not explain it', () => {
    const whole = (over: Partial<ExecutionGroup>) =>
      aGroup({ caseName: null, key: 'suite', clean: 1, failed: 1, ...over })
    const flakyCase = aGroup({ clean: 1, failed: 1 })
    deepEqual(names(whole({}), flakyCase), ['x'])
    deepEqual(names(whole({})), [null])
    equal(names(whole({ unexplained: 1 }), flakyCase).length, 2)
    deepEqual(names(whole({ suite: 'b' }), flakyCase).length, 2)
  })

  it('puts the surest first', () => {
    const found = findFlaky([
      aGroup({ key: 'once', caseName: 'once', retried: 1 }),
      aGroup({ key: 'often', caseName: 'often', clean: 20, retried: 20 }),
      aGroup({ key: 'rare', caseName: 'rare', clean: 99, retried: 1 }),
    ])
    deepEqual(
      found.map(({ caseName }) => caseName),
      ['often', 'once', 'rare'],
    )
  })

  it('never counts more events than executions, and has them all in its environments', () => {
    const group = fc
      .record({
        key: fc.constantFrom('x', 'y'),
        content: fc.constantFrom('h1', 'h2'),
        platform: fc.constantFrom('linux', 'mac'),
        clean: fc.nat(3),
        retried: fc.nat(2),
        failed: fc.nat(3),
      })
      .map((over) => aGroup(over))
    const groups = fc.uniqueArray(group, {
      selector: ({ key, content, platform }) => `${key} ${content} ${platform}`,
    })
    fc.assert(
      fc.property(groups, (all) => {
        for (const {
          key,
          verdict,
          events,
          executions,
          sameContent,
          onRetry,
          rate,
          environments,
        } of findFlaky(all)) {
          ok(events > 0 && events <= executions)
          equal(events, sameContent + onRetry)
          ok(rate.low <= rate.value && rate.value <= rate.high)
          equal(
            environments.reduce((sum, each) => sum + each.events, 0),
            events,
          )
          equal(
            environments.reduce((sum, each) => sum + each.executions, 0),
            executions,
          )
          // The definition, read off the groups.
          const mixed = all.some(
            (each) => each.key === key && each.clean + each.retried > 0 && each.retried + each.failed > 0,
          )
          equal(verdict === 'flaky', mixed)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('wilson', () => {
  it('ends where the score test of that share just rejects what was seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const events = Math.round(n * share)
          const { value, low, high } = wilson(events, n)
          const score = (p: number): number => Math.abs(value - p) / Math.sqrt((p * (1 - p)) / n)
          if (events > 0) ok(Math.abs(score(low) - 1.959964) < 1e-5)
          if (events < n) ok(Math.abs(score(high) - 1.959964) < 1e-5)
        },
      ),
    )
  })

  it('of nothing, of everything and of a single trial', () => {
    deepEqual([wilson(0, 10).low, wilson(10, 10).high, wilson(1, 1).high], [0, 1, 1])
    equal(wilson(1, 1).low.toFixed(4), '0.2065')
    equal(wilson(0, 10).high.toFixed(4), '0.2775')
  })

  it('is symmetric, holds the share, and narrows with more trials', () => {
    const trials = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(
        trials.chain((n) => fc.tuple(fc.nat(n), fc.constant(n))),
        ([events, n]) => {
          const rate = wilson(events, n)
          const other = wilson(n - events, n)
          ok(0 <= rate.low && rate.low <= rate.value && rate.value <= rate.high && rate.high <= 1)
          ok(Math.abs(rate.low - (1 - other.high)) < 1e-9)
          const more = wilson(events * 2, n * 2)
          ok(more.high - more.low < rate.high - rate.low)
        },
      ),
    )
  })
})
