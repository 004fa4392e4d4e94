import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { durationMs } from '@muster/model/schema'

describe('durationMs', () => {
  const known: [string | number, number][] = [
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['250ms', 250],
    ['1.5m', 90_000],
    [42, 42],
  ]
  for (const [value, ms] of known) it(`reads ${value} as ${ms} ms`, () => assert.equal(durationMs(value), ms))

  for (const value of ['', '5', 's', '5 s', '-5s', '5d', '1e3s', '5sm']) {
    it(`doesn't read ${JSON.stringify(value)}`, () => assert.ok(Number.isNaN(durationMs(value))))
  }

  it('orders durations of one unit as their numbers', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.constantFrom('ms', 's', 'm', 'h'), (a, b, unit) => {
        assert.equal(Math.sign(durationMs(`${a}${unit}`) - durationMs(`${b}${unit}`)), Math.sign(a - b))
      }),
    )
  })
})
