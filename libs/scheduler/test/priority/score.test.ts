import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { PRIORITIES, type Score } from '@muster/model'
import { score, worthEarly, type ScoreInput } from '../../src/priority/score.ts'

const DAY = 86_400_000
const NOW = 1_700_000_000_000

const input: ScoreInput = {
  priority: 'medium',
  weight: 1,
  failures: { likelihood: 0, results: [] },
  change: { impact: 0, why: 'nothing that it rests on has changed' },
  cost: { estimateMs: 0, share: 0 },
}

const part = ({ parts }: Score, name: string) => parts.find((each) => each.name === name)

const failedDaysAgo = (days: number): Score =>
  score({ ...input, failures: { likelihood: 1, results: [{ at: NOW - days * DAY, failed: true }] } }, NOW)

const whyOf = (past: ScoreInput['failures']['results']): string | undefined =>
  part(score({ ...input, failures: { likelihood: 0.05, results: past } }, NOW), 'failures')?.why

const total = (priority: ScoreInput['priority'], likelihood: number): number =>
  score({ ...input, priority, failures: { likelihood, results: [] } }, NOW).total

const atLeast = (more: ScoreInput, less: ScoreInput): void =>
  assert.ok(score(more, NOW).total >= score(less, NOW).total - 1e-9)

const share = fc.double({ min: 0, max: 1, noNaN: true })
const results = fc.array(
  fc.record({ at: fc.integer({ min: NOW - 100 * DAY, max: NOW }), failed: fc.boolean() }),
  { maxLength: 12 },
)
const inputs: fc.Arbitrary<ScoreInput> = fc.record(
  {
    priority: fc.constantFrom(...PRIORITIES),
    weight: fc.double({ min: 0, max: 10, noNaN: true }),
    failures: fc.record({ likelihood: share, results }),
    change: fc.record({ impact: share, why: fc.constant('some inputs changed') }),
    cost: fc.record({ estimateMs: fc.integer({ min: 0, max: 3_600_000 }), share }),
    observed: fc.record({ likelihood: share, why: fc.constant('unit-a failed') }),
  },
  { requiredKeys: ['priority', 'weight', 'failures', 'change', 'cost'] },
)

describe('score', () => {
  it('is the sum of its parts, and each part says why', () => {
    const whole = score(
      {
        priority: 'high',
        weight: 2,
        failures: {
          likelihood: 0.4,
          results: [
            { at: NOW - 3 * DAY, failed: false },
            { at: NOW - 2 * DAY, failed: true },
            { at: NOW, failed: false },
          ],
        },
        change: { impact: 0.5, why: 'libs/core, which it covers, has changed' },
        cost: { estimateMs: 60_000, share: 1 },
        observed: { likelihood: 0.9, why: 'unit-core failed, as it does with this one' },
      },
      NOW,
    )
    assert.deepEqual(
      whole.parts.map(({ name, value }) => [name, Math.round(value * 100) / 100]),
      [
        ['priority', 60],
        ['failures', 20],
        ['change', 15],
        ['observed', 25],
        ['cost', -30],
        ['weight', 40],
      ],
    )
    assert.equal(Math.round(whole.total), 130)
    assert.equal(
      part(whole, 'failures')?.why,
      'failed 1 of its last 3 runs, the last time 2 days ago: 40 % likely to fail',
    )
    assert.equal(
      part(whole, 'observed')?.why,
      'unit-core failed, as it does with this one: now 90 % likely to fail',
    )
    assert.equal(part(whole, 'cost')?.why, 'takes about 60.0 s and 100 % of what is free of the machine')
  })

  it('forgets half of a failure in 30 days', () => {
    assert.equal(part(failedDaysAgo(0), 'failures')?.value, 50)
    assert.equal(part(failedDaysAgo(30), 'failures')?.value, 25)
    assert.equal(part(failedDaysAgo(-1), 'failures')?.value, 50, 'clocks differ')
    assert.match(
      part(failedDaysAgo(1), 'failures')?.why ?? '',
      /^failed its last run, the last time 1 day ago: 100 % likely/,
    )
  })

  it('tells a suite that never ran from one that always passed', () => {
    assert.equal(whyOf([]), 'never ran before: 5 % likely to fail')
    assert.equal(whyOf([{ at: 0, failed: false }]), 'passed its last run: 5 % likely to fail')
  })

  it('lets a sure failure go before the next higher priority, but not before a critical one', () => {
    assert.ok(total('medium', 1) > total('high', 0))
    assert.ok(total('low', 1) > total('medium', 0))
    assert.ok(total('high', 1) < total('critical', 0))
  })

  it('never falls when something speaks for the suite, nor rises when it gets dearer', () => {
    fc.assert(
      fc.property(inputs, share, (one, more) => {
        const up = (value: number): number => value + (1 - value) * more
        const { failures, change, cost, observed } = one
        atLeast({ ...one, failures: { ...failures, likelihood: up(failures.likelihood) } }, one)
        atLeast({ ...one, change: { ...change, impact: up(change.impact) } }, one)
        atLeast({ ...one, weight: one.weight + more }, one)
        if (observed) atLeast({ ...one, observed: { ...observed, likelihood: up(observed.likelihood) } }, one)
        const higher = PRIORITIES[Math.max(0, PRIORITIES.indexOf(one.priority) - 1)]!
        atLeast({ ...one, priority: higher }, one)
        atLeast(one, { ...one, cost: { ...cost, estimateMs: cost.estimateMs + 1e6 * more } })
        atLeast(one, { ...one, cost: { ...cost, share: up(cost.share) } })
      }),
    )
  })

  it('adds up, and is above nothing', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        const whole = score(one, NOW)
        assert.ok(whole.total > 0)
        assert.ok(Math.abs(whole.total - whole.parts.reduce((sum, { value }) => sum + value, 0)) < 1e-9)
      }),
    )
  })
})

describe('what a score is worth against time', () => {
  it('rises with the score, and is always worth something', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (points, more) => {
          assert.ok(worthEarly(points) > 0)
          assert.ok(worthEarly(points + more) >= worthEarly(points))
        },
      ),
    ))

  it('puts a long suite that often fails before a short one with nothing to find', () => {
    const often = score({ ...input, failures: { likelihood: 0.34, results: [] } }, NOW).total
    const never = score(input, NOW).total
    assert.ok(worthEarly(often) / 928 > worthEarly(never) / 200)
  })
})
