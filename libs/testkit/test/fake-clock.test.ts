import assert from 'node:assert/strict'
import { FakeClock } from '@muster/testkit'
import * as fc from 'fast-check'

describe('FakeClock', () => {
  it('stands still until advanced', async () => {
    const clock = new FakeClock(1000)
    let fired = false
    clock.after(10, () => (fired = true))
    await clock.advance(9)
    assert.deepEqual([clock.now(), fired, clock.pending], [1009, false, 1])
    await clock.advance(1)
    assert.deepEqual([clock.now(), fired, clock.pending], [1010, true, 0])
  })

  it('fires a timer that a fired one starts, if it is due in the same span', async () => {
    const clock = new FakeClock()
    const seen: number[] = []
    const twice = async (): Promise<void> => {
      await clock.sleep(10)
      seen.push(clock.now())
      await clock.sleep(10)
      seen.push(clock.now())
    }
    const done = twice()
    await clock.advance(25)
    await done
    assert.deepEqual(seen, [10, 20])
  })

  it('does not fire what was cancelled', async () => {
    const clock = new FakeClock()
    const cancel = clock.after(5, () => assert.fail('cancelled'))
    cancel()
    await clock.advance(10)
    cancel()
  })

  it('fires in order of due time, then of creation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), async (delays) => {
        const clock = new FakeClock()
        const fired: [number, number][] = []
        delays.forEach((ms, index) => clock.after(ms, () => fired.push([clock.now(), index])))
        await clock.advance(20)
        const expected = delays
          .map((ms, index): [number, number] => [ms, index])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1])
        assert.deepEqual(fired, expected)
      }),
    )
  })
})
