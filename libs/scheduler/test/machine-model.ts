import assert from 'node:assert/strict'
import type { Capacity, Needs, UnitId } from '@muster/model'
import type { ScheduledUnit, SchedulerCommand } from '../src/index.ts'

/** Small enough for sums of a few fractions of cores. */
const ROUNDING = 1e-6

/** What a driver of the scheduler sees; checks every command against the rules, by arithmetic of its own. */
export class MachineModel {
  readonly running = new Map<UnitId, { readonly slot: number; readonly startMs: number }>()
  readonly delayed = new Set<UnitId>()
  readonly held = new Set<string>()
  readonly answers = new Map<UnitId, 'good' | 'bad' | 'skipped'>()
  readonly units = new Map<UnitId, ScheduledUnit>()
  /** As they are known by now. */
  readonly estimates = new Map<UnitId, number>()
  nowMs = 0
  halted = false
  private readonly capacity: Capacity
  private readonly budgetMs: number | undefined

  constructor(capacity: Capacity, budgetMs?: number) {
    this.capacity = capacity
    this.budgetMs = budgetMs
  }

  enter(units: readonly ScheduledUnit[]): void {
    for (const unit of units) {
      if (this.units.has(unit.id)) continue
      this.units.set(unit.id, unit)
      this.estimates.set(unit.id, unit.estimateMs)
    }
  }

  answer(id: UnitId, how: 'good' | 'bad' | 'skipped'): void {
    assert.ok(!this.answers.has(id), `${id} answered twice`)
    this.answers.set(id, how)
  }

  /** @returns what is to be stopped */
  obey(commands: readonly SchedulerCommand[]): UnitId[] {
    const stops: UnitId[] = []
    for (const command of commands) {
      switch (command.type) {
        case 'start':
          this.start(command.unit, command.slot)
          break
        case 'skip':
          assert.ok(!this.running.has(command.unit), 'skipped while it runs')
          assert.ok(command.reason.length > 0)
          this.delayed.delete(command.unit)
          this.answer(command.unit, 'skipped')
          break
        case 'stop':
          assert.ok(this.running.has(command.unit), 'stopped what does not run')
          this.halted = true
          stops.push(command.unit)
          break
      }
    }
    this.checkLimits()
    return stops
  }

  private start(id: UnitId, slot: number): void {
    const unit = this.units.get(id)
    assert.ok(unit, 'started something unknown')
    assert.ok(!this.answers.has(id) && !this.running.has(id) && !this.delayed.has(id), `${id} can't start`)
    assert.ok(!this.halted, 'started after a halt')
    assert.ok(slot >= 0 && slot < this.capacity.workers)
    assert.ok(![...this.running.values()].some((each) => each.slot === slot), 'two in a slot')
    for (const dependency of unit.dependsOn) {
      for (const each of this.units.values()) {
        if (each.suite === dependency)
          assert.equal(this.answers.get(each.id), 'good', `${id} before ${each.id}`)
      }
    }
    for (const name of namesOf(unit.needs)) assert.ok(!this.held.has(name), `${name} is held elsewhere`)
    if (this.budgetMs !== undefined) assert.ok(this.nowMs + this.estimates.get(id)! <= this.budgetMs)
    this.running.set(id, { slot, startMs: this.nowMs })
  }

  private checkLimits(): void {
    const { workers, cpus, memoryBytes } = this.capacity
    const all = [...this.running.keys()].map((each) => this.units.get(each)!.needs)
    assert.ok(all.length <= workers)
    assert.ok(sum(all.map((each) => Math.min(each.cpus, cpus))) <= cpus + ROUNDING)
    assert.ok(sum(all.map((each) => Math.min(each.memoryBytes, memoryBytes))) <= memoryBytes + ROUNDING)
    for (const name of new Set(all.flatMap(namesOf))) {
      const permits = this.capacity.semaphores[name] ?? 1
      const users = all.filter((each) => namesOf(each).includes(name))
      if (users.some(({ exclusive }) => exclusive.includes(name)))
        assert.equal(users.length, 1, `${name} is shared`)
      assert.ok(sum(users.map(({ semaphores }) => Math.min(semaphores[name] ?? 0, permits))) <= permits)
    }
  }
}

export const namesOf = ({ semaphores, exclusive }: Needs): string[] => [
  ...new Set([...Object.keys(semaphores), ...exclusive]),
]

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)
