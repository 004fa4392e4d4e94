import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Muster } from '../../src/prioritisation/muster-orders.ts'
import { replay, type Scores } from '../../src/prioritisation/replay.ts'
import { SIMPLE_RULES } from '../../src/prioritisation/simple-rules.ts'
import { syntheticHistory } from '../../src/prioritisation/synthetic-history.ts'
import { SHAPES } from '../../src/prioritisation/synthetic-shapes.ts'
import type { Cycle } from '../../src/prioritisation/test-history.ts'

const SEEDS = [1, 2, 3]
/** Where there is nothing to learn, the best of six rules is the luckiest: three seeds of `rare` have 45 failing cycles. */
const LUCK = new Map([
  ['rare', 0.06],
  ['independent', 0.06],
  ['long tests fail', 0.03],
])

interface Means {
  readonly apfd: Scores
  readonly apfdc: Scores
}

const known = new Map<string, Means>()
function meansOf(shape: string): Means {
  let means = known.get(shape)
  if (means === undefined) known.set(shape, (means = measure(shape)))
  return means
}

const mean = (all: readonly Scores[]): Scores =>
  Object.fromEntries(
    Object.keys(all[0]!).map((key) => [
      key,
      all.reduce((sum, scores) => sum + scores[key as keyof Scores], 0) / all.length,
    ]),
  ) as Record<keyof Scores, number>

function measure(shape: string): Means {
  const replays = SEEDS.map((seed) => replay(syntheticHistory(SHAPES[shape]!, seed)))
  return { apfd: mean(replays.map(({ apfd }) => apfd)), apfdc: mean(replays.map(({ apfdc }) => apfdc)) }
}

const bestRule = (scores: Scores): number => Math.max(...SIMPLE_RULES.map((rule) => scores[rule]))

const cycleOf = (id: string, ...failed: string[]): Cycle => ({
  id,
  executions: ['a', 'b', 'c', 'd'].map((test) => ({ test, failed: failed.includes(test), duration: 1 })),
})

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

describe('a replay', () => {
  it('scores each order, between the worst and the optimum', () => {
    const { cycles, apfd } = replay([cycleOf('1', 'd'), cycleOf('2'), cycleOf('3', 'd')])
    assert.equal(cycles, 2)
    assert.equal(apfd.random, 0.5)
    assert.equal(apfd.untreated, 0.125)
    assert.equal(apfd['last-failed-first'], (0.125 + 0.875) / 2, 'd is last at first, and then first')
    assert.equal(apfd.optimum, 0.875)
  })

  it('has nothing to score without failures', () => {
    const { cycles } = replay([{ id: '1', executions: [{ test: 'a', failed: false, duration: 1 }] }])
    assert.equal(cycles, 0)
  })

  it('does not look ahead: what comes later changes no order', () => {
    const history = syntheticHistory(SHAPES['groups amid noise']!, 1).slice(0, 30)
    const { executions } = history[20]!
    const tests = executions.map(({ test }) => test)
    const muster = new Muster()
    for (const cycle of history.slice(0, 20)) muster.learn(cycle)
    const asked: number[] = []
    const orders = muster.orders(tests, (index) => {
      asked.push(index)
      return executions[index]!.failed
    })
    assert.deepEqual(
      asked,
      [...orders.adapted.byPlace, ...orders.adapted.byTime],
      'verdicts only as they come',
    )
    const { fixed } = muster.orders(tests, (index) => !executions[index]!.failed)
    assert.deepEqual(fixed, orders.fixed)
  })

  describe('of made-up projects: Muster', function () {
    this.timeout(60_000)

    for (const shape of Object.keys(SHAPES)) {
      it(`is no worse than the best simple rule for it: ${shape}`, () => {
        const { apfd, apfdc } = meansOf(shape)
        const margin = LUCK.get(shape) ?? 0.01
        assert.ok(apfd.muster > bestRule(apfd) - margin, `APFD ${apfd.muster}, best ${bestRule(apfd)}`)
        assert.ok(apfdc.muster > bestRule(apfdc) - margin, `APFDc ${apfdc.muster}, best ${bestRule(apfdc)}`)
      })
    }

    for (const [shape, gain] of Object.entries({
      groups: 0.15,
      'new tests fail': 0.07,
      renamed: 0.04,
      'groups amid noise': 0.02,
      'moving hot spots': 0.02,
      'come and go': 0.02,
      alternating: 0.01,
    })) {
      it(`finds the structure that the simple rules don't: ${shape}`, () => {
        const { apfd } = meansOf(shape)
        assert.ok(apfd.muster > bestRule(apfd) + gain, `${apfd.muster}, best ${bestRule(apfd)}`)
      })
    }
  })

  it('of a file prints JSON', async function () {
    this.timeout(30_000)
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import=tsx',
      '--conditions=@muster/source',
      path('../../src/prioritisation/main.ts'),
      path('../../samples/groups-amid-noise.csv'),
      '--json',
    ])
    const { cycles, apfd, apfdc } = JSON.parse(stdout) as ReturnType<typeof replay>
    assert.equal(cycles, 39)
    assert.ok(apfd.muster > apfd.random && apfd.muster < apfd.optimum)
    assert.ok(apfdc.muster > apfdc.random && apfdc.muster < apfdc.optimum)
  })
})
