import * as fc from 'fast-check'
import assert from 'node:assert/strict'
import type { Capacity, Objective } from '@muster/model'
import { Scheduler, type ScheduledUnit, type SchedulerCommand } from '../src/index.ts'
import { MachineModel, namesOf } from './machine-model.ts'
import { someCapacity, someUnits } from './support.ts'

interface Drive {
  readonly units: readonly ScheduledUnit[]
  readonly capacity: Capacity
  readonly objective: Objective
  readonly failFast: boolean
  readonly budgetMs: number | undefined
  /** Where the units are cut into slices. */
  readonly slices: readonly number[]
  /** Each picks one of the things that could happen next. */
  readonly choices: readonly number[]
  /** One in so many units ends badly; 0 for none. */
  readonly badness: number
}

const drive: fc.Arbitrary<Drive> = fc.record({
  units: someUnits(14),
  capacity: someCapacity,
  objective: fc.constantFrom<Objective>('feedback', 'makespan', 'balanced'),
  failFast: fc.boolean(),
  budgetMs: fc.option(fc.integer({ min: 1, max: 1500 }), { nil: undefined, freq: 3 }),
  slices: fc.array(fc.nat(20), { maxLength: 3 }),
  choices: fc.array(fc.nat(1000), { maxLength: 60 }),
  badness: fc.constantFrom(0, 2, 5),
})

/** Plays it through; whatever is still open after the choices ends well. */
function play({ units, capacity, objective, failFast, budgetMs, slices, choices, badness }: Drive) {
  const scheduler = new Scheduler({
    capacity,
    objective,
    failFast,
    ...(budgetMs === undefined ? {} : { budgetMs }),
  })
  const model = new MachineModel(capacity, budgetMs)
  const log: SchedulerCommand[] = []
  const told = (commands: readonly SchedulerCommand[]): void => {
    log.push(...commands)
    model.obey(commands)
  }
  const add = (some: readonly ScheduledUnit[]): void => {
    model.enter(some)
    told(scheduler.add(some, model.nowMs))
  }
  const cuts = [...new Set(slices)].sort((a, b) => a - b)
  const open = cuts.map((cut, n) => units.slice(n === 0 ? 0 : cuts[n - 1], cut))
  open.push(units.slice(cuts.at(-1) ?? 0))
  const random = choices.values()
  const next = (below: number): number => (random.next().value ?? 0) % below
  const end = (how: 'good' | 'bad' | 'retry'): void => {
    const running = [...model.running.keys()]
    const unit = running[next(running.length)]
    if (unit === undefined) return
    model.nowMs += next(200)
    model.running.delete(unit)
    if (how === 'retry') model.delayed.add(unit)
    else model.answer(unit, how)
    told(scheduler.finished(unit, how, model.nowMs))
  }
  const acts: (() => void)[] = [
    () => end('good'),
    () => end(badness > 0 && next(badness) === 0 ? 'bad' : 'good'),
    () => end('retry'),
    () => add(open.shift() ?? []),
    () => {
      const users = [...model.running.keys()].filter(
        (each) => namesOf(model.units.get(each)!.needs).length > 0,
      )
      const unit = users[next(users.length)]
      if (unit === undefined) return
      const names = namesOf(model.units.get(unit)!.needs)
      for (const name of names) model.held.add(name)
      model.running.delete(unit)
      told(scheduler.refused(unit, names, model.nowMs))
    },
    () => {
      const [name] = model.held
      if (name === undefined) return
      model.held.delete(name)
      told(scheduler.released([name], model.nowMs))
    },
    () => {
      const [unit] = model.delayed
      if (unit === undefined) return
      model.delayed.delete(unit)
      told(scheduler.wake(unit, model.nowMs))
    },
    () => told(scheduler.rescore(new Map(units.map(({ id }) => [id, next(100)])), model.nowMs)),
    () => {
      const estimates = new Map([...model.units.keys()].map((each) => [each, 1 + next(300)]))
      for (const [unit, ms] of estimates) model.estimates.set(unit, ms)
      told(scheduler.reestimate(estimates, model.nowMs))
    },
    () => {
      model.nowMs += next(300)
      told(scheduler.tick(model.nowMs))
    },
    () => next(5) === 4 && told(scheduler.halt('stopped', model.nowMs)),
  ]
  for (let n = 0; n < choices.length / 2; n++) acts[next(acts.length)]!()
  while (open.length > 0) add(open.shift()!)
  while (!scheduler.isIdle) {
    const before = log.length + model.answers.size
    const delayed = [...model.delayed]
    model.delayed.clear()
    for (const unit of delayed) told(scheduler.wake(unit, model.nowMs))
    const held = [...model.held]
    model.held.clear()
    told(scheduler.released(held, model.nowMs))
    for (let most = model.running.size; most > 0; most--) end('good')
    told(scheduler.tick(model.nowMs))
    assert.ok(log.length + model.answers.size > before, 'nothing moves, and not all is answered')
  }
  return { log, model, scheduler }
}

describe('whatever happens to a run', () => {
  it('nothing is over-committed, started too early or past the budget; all is answered exactly once', () => {
    fc.assert(
      fc.property(drive, (each) => {
        // The model checks each command as it comes.
        const { model, scheduler } = play(each)
        assert.equal(model.answers.size, each.units.length)
        assert.equal(model.running.size, 0)
        const { ready, blocked, delayed, running, inUse } = scheduler.snapshot()
        assert.deepEqual([ready, blocked, delayed, running], [[], [], [], []])
        assert.deepEqual(inUse, { workers: 0, cpus: 0, memoryBytes: 0, semaphores: {} })
      }),
      { numRuns: 400 },
    )
  })

  it('it goes the same way again', () => {
    fc.assert(
      fc.property(drive, (each) => assert.deepEqual(play(each).log, play(each).log)),
      { numRuns: 60 },
    )
  })

  it('never idles: while something is ready and nothing runs or is held elsewhere, something starts', () => {
    fc.assert(
      fc.property(
        someUnits(20),
        someCapacity,
        fc.constantFrom<Objective>('makespan', 'balanced', 'feedback'),
        (units, capacity, objective) => {
          const scheduler = new Scheduler({ capacity, objective, failFast: false })
          const model = new MachineModel(capacity)
          model.enter(units)
          model.obey(scheduler.add(units, 0))
          while (!scheduler.isIdle) {
            const [unit] = model.running.keys()
            assert.ok(unit, 'nothing runs, and not all is answered')
            model.running.delete(unit)
            model.answer(unit, 'good')
            model.nowMs += 10
            model.obey(scheduler.finished(unit, 'good', model.nowMs))
          }
          assert.equal(model.answers.size, units.length)
        },
      ),
    )
  })
})
