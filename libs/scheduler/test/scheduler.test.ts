import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Priority, UnitId } from '@muster/model'
import {
  createScheduler,
  isIdle,
  scheduleOrder,
  step,
  type ScheduledUnit,
  type SchedulerCommand,
} from '../src/index.ts'

const id = (name: string): UnitId => name as UnitId
const unit = (name: string, more: Partial<Omit<ScheduledUnit, 'id'>> = {}): ScheduledUnit => ({
  id: id(name),
  dependsOn: [],
  priority: 'medium',
  estimateMs: 100,
  ...more,
})

/** Plays a whole run: `isGood` decides each verdict; the longest running unit always ends next. */
function play(
  units: readonly ScheduledUnit[],
  workers: number,
  failFast: boolean,
  isGood: (unit: UnitId) => boolean,
) {
  const log: SchedulerCommand[] = []
  const running: UnitId[] = []
  let most = 0
  let { state, commands } = step(createScheduler(workers, failFast), { type: 'add', units })
  for (;;) {
    for (const command of commands) {
      log.push(command)
      if (command.type === 'start') running.push(command.unit)
    }
    most = Math.max(most, running.length)
    const next = running.shift()
    if (next === undefined) break
    ;({ state, commands } = step(state, { type: 'finished', unit: next, good: isGood(next) }))
  }
  return { log, state, most }
}

const started = (log: readonly SchedulerCommand[]): string[] =>
  log.filter((command) => command.type === 'start').map((command) => command.unit)

describe('scheduleOrder', () => {
  it('puts priority before length, and the longest path first within a priority', () => {
    const order = scheduleOrder([
      unit('short', { estimateMs: 10 }),
      unit('long', { estimateMs: 500 }),
      unit('head', { estimateMs: 5 }),
      unit('tail', { estimateMs: 600, dependsOn: [id('head')] }),
      unit('urgent', { priority: 'critical', estimateMs: 1 }),
    ])
    assert.deepEqual(order, ['urgent', 'head', 'tail', 'long', 'short'])
  })

  it('takes a unit without history for long', () => {
    assert.deepEqual(
      scheduleOrder([unit('known', { estimateMs: 9000 }), unit('new', { estimateMs: undefined })]),
      ['new', 'known'],
    )
  })

  it('copes with a chain deeper than the call stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      unit(`u${n}`, { dependsOn: n === 0 ? [] : [id(`u${n - 1}`)] }),
    )
    assert.equal(scheduleOrder(chain)[0], 'u0')
  })
})

describe('scheduler', () => {
  it('skips what depends on a failure, and says why', () => {
    const units = [
      unit('a'),
      unit('b', { dependsOn: [id('a')] }),
      unit('c', { dependsOn: [id('b')] }),
      unit('d'),
    ]
    const { log } = play(units, 2, false, (each) => each !== 'a')
    assert.deepEqual(started(log).sort(), ['a', 'd'])
    assert.deepEqual(
      log.filter((command) => command.type === 'skip'),
      [
        { type: 'skip', unit: 'b', reason: 'a did not pass' },
        { type: 'skip', unit: 'c', reason: 'b did not pass' },
      ],
    )
  })

  it('fail-fast stops what runs and skips what waits', () => {
    const units = [unit('a'), unit('b'), unit('c')]
    const first = step(createScheduler(2, true), { type: 'add', units })
    const { commands } = step(first.state, { type: 'finished', unit: id('a'), good: false })
    const reason = 'fail-fast: a did not pass'
    assert.deepEqual(commands, [
      { type: 'skip', unit: 'c', reason },
      { type: 'stop', unit: 'b', reason },
    ])
  })

  it('takes units in slices without running one twice', () => {
    const first = step(createScheduler(1, false), { type: 'add', units: [unit('a'), unit('b')] })
    const again = step(first.state, { type: 'add', units: [unit('a'), unit('b'), unit('c')] })
    assert.deepEqual(again.commands, [])
    assert.deepEqual([...again.state.queue], ['b', 'c'])
  })

  it('treats dependencies outside the run as done', () => {
    const { log } = play([unit('a', { dependsOn: [id('elsewhere')] })], 1, false, () => true)
    assert.deepEqual(started(log), ['a'])
  })

  const dags = fc
    .array(
      fc.record({
        edges: fc.array(fc.nat(), { maxLength: 4 }),
        priority: fc.constantFrom<Priority>('critical', 'high', 'medium', 'low'),
        estimateMs: fc.option(fc.nat(1000), { nil: undefined }),
        good: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    .map((rows) =>
      rows.map((row, n) => ({
        good: row.good,
        unit: unit(`u${n}`, {
          priority: row.priority,
          estimateMs: row.estimateMs,
          dependsOn: n === 0 ? [] : [...new Set(row.edges.map((edge) => id(`u${edge % n}`)))],
        }),
      })),
    )

  it('answers every unit exactly once, after its dependencies, within the slots, repeatably', () => {
    fc.assert(
      fc.property(dags, fc.integer({ min: 1, max: 8 }), fc.boolean(), (rows, workers, failFast) => {
        const good = new Map(rows.map((row) => [row.unit.id, row.good]))
        const run = () =>
          play(
            rows.map((row) => row.unit),
            workers,
            failFast,
            (each) => good.get(each) === true,
          )
        const { log, state, most } = run()
        assert.ok(isIdle(state))
        assert.ok(most <= workers)
        const answered = log.filter((command) => command.type !== 'stop').map((command) => command.unit)
        assert.equal(answered.length, rows.length)
        assert.equal(new Set(answered).size, rows.length)
        const order = started(log)
        for (const row of rows) {
          if (!order.includes(row.unit.id)) continue
          for (const dependency of row.unit.dependsOn) {
            assert.ok(good.get(dependency) === true, 'started though a dependency failed')
            assert.ok(order.indexOf(dependency) < order.indexOf(row.unit.id))
          }
        }
        assert.deepEqual(run().log, log)
      }),
    )
  })

  it('leaves no slot idle while a unit is ready', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }), (count, workers) => {
        const units = Array.from({ length: count }, (_, n) => unit(`u${n}`))
        assert.equal(play(units, workers, false, () => true).most, Math.min(count, workers))
      }),
    )
  })
})
