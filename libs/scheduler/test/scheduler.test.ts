import assert from 'node:assert/strict'
import { Scheduler, type ScheduledUnit, type SchedulerOptions } from '../src/index.ts'
import { MOST_PASSES } from '../src/ready/guard.ts'
import { id, machine, needs, skips, started, suite, unit } from './support.ts'

const scheduler = (units: readonly ScheduledUnit[], more: Partial<SchedulerOptions> = {}) => {
  const made = new Scheduler({ capacity: machine(1), objective: 'feedback', failFast: false, ...more })
  return { scheduler: made, first: made.add(units, 0) }
}

describe('Scheduler', () => {
  it('starts a unit when all units of the suites it depends on are good, in the lowest free slot', () => {
    const units = [
      unit('a1', { suite: suite('a') }),
      unit('a2', { suite: suite('a') }),
      unit('b', { dependsOn: ['a', 'elsewhere'] }),
    ]
    const { scheduler: it, first } = scheduler(units, { capacity: machine(3) })
    assert.deepEqual(started(first), ['a1', 'a2'])
    assert.deepEqual(it.finished(id('a1'), 'good', 1), [])
    assert.deepEqual(it.finished(id('a2'), 'good', 2), [{ type: 'start', unit: 'b', slot: 0 }])
    assert.equal(it.isIdle, false)
    it.finished(id('b'), 'good', 3)
    assert.equal(it.isIdle, true)
  })

  it('says whether something is yet to be started, a retry included', () => {
    const { scheduler: it } = scheduler([unit('a'), unit('b', { dependsOn: ['a'] })])
    assert.equal(it.hasMore, true)
    it.finished(id('a'), 'good', 1)
    assert.equal(it.hasMore, false)
    it.finished(id('b'), 'retry', 2)
    assert.equal(it.hasMore, true)
    it.wake(id('b'), 3)
    assert.equal(it.hasMore, false)
    it.finished(id('b'), 'good', 4)
    assert.equal(it.hasMore, false)
  })

  it('skips all that depends on a failure and names the cause; other units of the suite still run', () => {
    const units = [
      unit('a1', { suite: suite('a') }),
      unit('a2', { suite: suite('a') }),
      unit('b', { dependsOn: ['a'] }),
      unit('c', { dependsOn: ['b'] }),
      unit('d'),
    ]
    const { scheduler: it } = scheduler(units)
    const commands = it.finished(id('a1'), 'bad', 1)
    assert.deepEqual(skips(commands), [
      ['b', 'a did not pass'],
      ['c', 'a did not pass'],
    ])
    assert.deepEqual(started(commands), ['a2'])
    assert.deepEqual(skips(it.add([unit('e', { dependsOn: ['c'] })], 2)), [['e', 'a did not pass']])
  })

  it('fail-fast stops what runs, skips what waits, and what comes later', () => {
    const { scheduler: it } = scheduler([unit('a'), unit('b'), unit('c')], {
      capacity: machine(2),
      failFast: true,
    })
    const reason = 'fail-fast: a did not pass'
    assert.deepEqual(it.finished(id('a'), 'bad', 1), [
      { type: 'skip', unit: 'c', suite: 'c', reason },
      { type: 'stop', unit: 'b', reason },
    ])
    assert.deepEqual(it.halt('again', 2), [])
    assert.deepEqual(skips(it.add([unit('d')], 3)), [['d', reason]])
    assert.deepEqual(skips(it.finished(id('b'), 'retry', 4)), [['b', reason]])
    assert.equal(it.isIdle, true)
  })

  it('halt: phase skips what waits of this phase and later ones; earlier ones go on', () => {
    const units = [
      unit('early', { score: 0 }),
      unit('gate', { score: 90 }),
      unit('halting', { phase: 1, halt: 'phase', dependsOn: ['gate'], score: 80 }),
      unit('beside', { phase: 1, dependsOn: ['gate'] }),
      unit('later', { phase: 2, dependsOn: ['early'] }),
    ]
    const { scheduler: it, first } = scheduler(units)
    assert.deepEqual(started(first), ['gate'])
    assert.deepEqual(started(it.finished(id('gate'), 'good', 1)), ['halting'])
    const commands = it.finished(id('halting'), 'bad', 2)
    const reason = 'phase 2 halted: halting did not pass'
    assert.deepEqual(skips(commands), [
      ['beside', reason],
      ['later', reason],
    ])
    assert.deepEqual(started(commands), ['early'])
  })

  it('halt: run stops everything, without fail-fast', () => {
    const { scheduler: it } = scheduler([unit('a', { halt: 'run' }), unit('b')])
    assert.deepEqual(skips(it.finished(id('a'), 'bad', 1)), [['b', 'run halted: a did not pass']])
    assert.equal(it.isIdle, true)
  })

  it('takes units in slices, and none twice', () => {
    const { scheduler: it } = scheduler([unit('a'), unit('b')])
    assert.deepEqual(it.add([unit('a'), unit('b'), unit('c')], 1), [])
    assert.deepEqual(it.snapshot().ready, ['b', 'c'])
    // A suite that somebody waits for may come later than they, as long as they wait.
    it.add([unit('d', { dependsOn: ['e'] })], 2)
    it.add([unit('e')], 3)
    assert.deepEqual(it.snapshot().blocked, ['d'])
  })

  it('frees the slot of a unit that is to be tried again, and starts it anew when woken', () => {
    const { scheduler: it } = scheduler([unit('a', { score: 9 }), unit('b')])
    assert.deepEqual(started(it.finished(id('a'), 'retry', 1)), ['b'])
    assert.deepEqual(it.snapshot().delayed, ['a'])
    assert.deepEqual(it.wake(id('a'), 2), [])
    assert.deepEqual(started(it.finished(id('b'), 'good', 3)), ['a'])
    assert.throws(() => it.wake(id('a'), 4), /not delayed/)
  })

  it('starts nothing that needs what another run holds, until it is released', () => {
    const db = needs({ semaphores: { db: 1 } })
    const units = [unit('a', { needs: db, score: 9 }), unit('b', { needs: db, score: 8 }), unit('c')]
    const { scheduler: it } = scheduler(units)
    assert.deepEqual(started(it.refused(id('a'), ['db'], 1)), ['c'])
    assert.deepEqual(it.finished(id('c'), 'good', 2), [])
    assert.equal(it.isIdle, false)
    assert.deepEqual(started(it.released(['db'], 3)), ['a'])
  })

  it('cuts needs down to what the machine has', () => {
    const huge = needs({ cpus: 64, memoryBytes: 1e15, semaphores: { ports: 9 } })
    const { scheduler: it, first } = scheduler([unit('a', { needs: huge, score: 9 }), unit('b'), unit('c')], {
      capacity: machine(4, { semaphores: { ports: 2 } }),
    })
    assert.deepEqual(started(first), ['a'])
    assert.deepEqual(it.snapshot().inUse, {
      workers: 1,
      cpus: 4,
      memoryBytes: 1000,
      semaphores: { ports: 2 },
    })
    assert.deepEqual(started(it.finished(id('a'), 'good', 1)), ['b', 'c'])
  })

  it('refuses what only a bug can tell it', () => {
    const { scheduler: it } = scheduler([unit('a')])
    assert.throws(() => it.finished(id('b'), 'good', 1), /not running/)
    assert.throws(() => it.add([unit('x', { estimateMs: 0 })], 1), /estimate/)
    const circle = [unit('p', { dependsOn: ['q'] }), unit('q', { dependsOn: ['p'] })]
    assert.throws(() => scheduler(circle), /circle/)
    assert.throws(() => scheduler([], { capacity: machine(0) }), /worker/)
  })

  it('copes with a chain deeper than the call stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      unit(`u${n}`, { dependsOn: n === 0 ? [] : [`u${n - 1}`] }),
    )
    const { scheduler: it, first } = scheduler(chain, { objective: 'makespan' })
    assert.deepEqual(started(first), ['u0'])
    assert.equal(skips(it.finished(id('u0'), 'bad', 1)).length, 19_999)
  })
})

describe('a unit that needs much of the machine', () => {
  const wide = unit('wide', { needs: needs({ cpus: 2 }), score: 1000 })

  it('is passed only by what ends before it could start anyway', () => {
    const units = [
      unit('long', { score: 9000, estimateMs: 500 }),
      wide,
      unit('longer', { estimateMs: 501, score: 500 }),
      unit('short', { estimateMs: 499 }),
    ]
    const { scheduler: it, first } = scheduler(units, { capacity: machine(2) })
    assert.deepEqual(started(first), ['long', 'short'])
    assert.deepEqual(it.finished(id('short'), 'good', 499), [])
    assert.deepEqual(started(it.finished(id('long'), 'good', 500)), ['wide'])
  })

  it('lets others by for good where they fit beside it', () => {
    const units = [
      unit('long', { score: 9000, estimateMs: 500 }),
      wide,
      unit('longer', { estimateMs: 5000, score: 500 }),
    ]
    const { first } = scheduler(units, { capacity: machine(3) })
    assert.deepEqual(started(first), ['long', 'wide'])
    const brief = [1, 2].map((n) => unit(`brief${n}`, { score: 8000, estimateMs: 100 }))
    const crowded = scheduler([...units, ...brief], { capacity: machine(4) })
    assert.deepEqual(started(crowded.first), ['brief1', 'brief2', 'long', 'longer'])
  })

  it('does not wait for a unit that outlives its estimate as if it ended any moment', () => {
    const { scheduler: it } = scheduler([unit('long', { score: 9000 }), wide], { capacity: machine(2) })
    it.tick(300)
    // By now it is expected to end at 450.
    assert.deepEqual(started(it.add([unit('half', { estimateMs: 200 })], 300)), [])
    assert.deepEqual(started(it.add([unit('third', { estimateMs: 150 })], 300)), ['third'])
  })

  it('keeps cores free for one that waits for a semaphore only as far as its reservation asks for', () => {
    const db = { db: 1 }
    const units = [
      unit('holder', { score: 9000, estimateMs: 1000, needs: needs({ semaphores: db }) }),
      unit('user', { score: 1000, needs: needs({ cpus: 2, semaphores: db }) }),
    ]
    const { scheduler: it, first } = scheduler(units, { capacity: machine(2) })
    assert.deepEqual(started(first), ['holder'])
    // Draining the machine wouldn't get it the database, so any number may pass that ends before.
    let nowMs = 0
    for (let n = 0; n < 3 * MOST_PASSES; n++) {
      assert.deepEqual(started(it.add([unit(`n${n}`, { estimateMs: 2 })], nowMs)), [`n${n}`])
      nowMs += 2
      it.finished(id(`n${n}`), 'good', nowMs)
    }
  })

  it(`is passed at most ${MOST_PASSES} times when estimates are always wrong`, () => {
    let count = 0
    const liar = (): ScheduledUnit => unit(`liar${count++}`, { estimateMs: 1 })
    const { scheduler: it, first } = scheduler(
      [unit('a', { score: 9000, estimateMs: 50 }), wide, liar(), liar()],
      {
        capacity: machine(2),
      },
    )
    const running = started(first)
    let nowMs = 0
    let passes = 0
    while (!running.includes('wide')) {
      nowMs += 10
      // There is always another one, and each takes longer than it says.
      const next = it.add([liar(), liar()], nowMs)
      const after = it.finished(id(running.shift()!), 'good', nowMs)
      const more = [...started(next), ...started(after)]
      passes += more.filter((each) => each.startsWith('liar')).length
      running.push(...more)
      assert.ok(passes <= MOST_PASSES + 2, 'starved')
    }
    assert.ok(passes > 10, 'estimates that may be right are believed for a while')
  })
})

describe('with a time budget', () => {
  const budgetMs = 60_000

  it('starts what ends within it, the most valuable for its time first, and says what has no room', () => {
    const units = [
      unit('cheap', { estimateMs: 20_000, score: 40 }),
      unit('dear', { estimateMs: 30_000, score: 30 }),
      unit('slow', { estimateMs: 40_000, score: 1 }),
      unit('after', { dependsOn: ['slow'] }),
    ]
    const { scheduler: it, first } = scheduler(units, { objective: 'makespan', budgetMs })
    assert.deepEqual(started(first), ['cheap'])
    assert.equal(it.deadlineMs, budgetMs)
    assert.deepEqual(skips(it.tick(20_000)), [])
    const commands = it.finished(id('cheap'), 'good', 21_000)
    assert.deepEqual(started(commands), ['dear'])
    assert.deepEqual(skips(commands), [
      ['slow', 'the time budget of 1m leaves no room (needs about 40 s, 39 s are left)'],
      ['after', 'slow was skipped for want of time'],
    ])
  })

  it('stops what still runs when it is spent', () => {
    const { scheduler: it } = scheduler([unit('a'), unit('b')], { budgetMs })
    assert.deepEqual(it.tick(budgetMs), [
      { type: 'skip', unit: 'b', suite: 'b', reason: 'the time budget of 1m is spent' },
      { type: 'stop', unit: 'a', reason: 'the time budget of 1m is spent' },
    ])
  })
})
