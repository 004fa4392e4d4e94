import type { SuiteId, UnitId } from '@muster/model'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import type { SchedulerCommand } from '../scheduler-command.ts'
import { Scheduler, type SchedulerOptions } from '../scheduler.ts'
import { SortedList } from '../sorted-list.ts'

export interface SimulatedUnit {
  readonly unit: UnitId
  readonly slot: number
  /** Milliseconds from the start of the run. */
  readonly startMs: number
  readonly endMs: number
}

export interface SkippedUnit {
  readonly unit: UnitId
  readonly suite: SuiteId
  readonly reason: string
}

export interface Simulation {
  /** What was started, by start and slot. */
  readonly units: readonly SimulatedUnit[]
  readonly skipped: readonly SkippedUnit[]
  readonly makespanMs: number
}

export interface SimulationOptions extends SchedulerOptions {
  /** Durations other than the estimates. */
  readonly actualMs?: ReadonlyMap<UnitId, number>
  /** Units that end badly. */
  readonly bad?: ReadonlySet<UnitId>
}

/** Plays a run with the real scheduler on a virtual clock. */
export function simulate(units: readonly ScheduledUnit[], options: SimulationOptions): Simulation {
  const scheduler = new Scheduler(options)
  const { deadlineMs = Number.POSITIVE_INFINITY } = scheduler
  const clock = new VirtualMachine(units, options.actualMs)
  clock.obey(scheduler.add(units, 0))
  for (let next = clock.next; next; next = clock.next) {
    if (next.endMs > deadlineMs && clock.nowMs < deadlineMs) {
      clock.nowMs = deadlineMs
      clock.obey(scheduler.tick(deadlineMs))
      continue
    }
    clock.end(next)
    clock.obey(scheduler.finished(next.unit, options.bad?.has(next.unit) ? 'bad' : 'good', clock.nowMs))
  }
  if (!scheduler.isIdle) throw new Error('nothing runs, but something still waits')
  const done = clock.done.sort((a, b) => a.startMs - b.startMs || a.slot - b.slot)
  return { units: done, skipped: clock.skipped, makespanMs: clock.nowMs }
}

const byEnd = (a: SimulatedUnit, b: SimulatedUnit): number =>
  a.endMs - b.endMs || (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0)

/** Runs nothing, but knows when it would end. */
class VirtualMachine {
  nowMs = 0
  readonly done: SimulatedUnit[] = []
  readonly skipped: SkippedUnit[] = []
  private readonly running = new SortedList(byEnd)
  private readonly durations: ReadonlyMap<UnitId, number>

  constructor(units: readonly ScheduledUnit[], actualMs?: ReadonlyMap<UnitId, number>) {
    this.durations = new Map(units.map(({ id, estimateMs }) => [id, actualMs?.get(id) ?? estimateMs]))
  }

  /** What ends first. */
  get next(): SimulatedUnit | undefined {
    return this.running.items[0]
  }

  end(unit: SimulatedUnit): void {
    this.running.remove(unit)
    this.nowMs = unit.endMs
    this.done.push(unit)
  }

  obey(commands: readonly SchedulerCommand[]): void {
    for (const command of commands) {
      switch (command.type) {
        case 'start': {
          const { unit, slot } = command
          const endMs = this.nowMs + (this.durations.get(unit) ?? 0)
          this.running.add({ unit, slot, startMs: this.nowMs, endMs })
          break
        }
        case 'skip':
          this.skipped.push({ unit: command.unit, suite: command.suite, reason: command.reason })
          break
        case 'stop':
          this.stop(command.unit)
          break
      }
    }
  }

  /** Ends at once. */
  private stop(unit: UnitId): void {
    const running = this.running.items.find((each) => each.unit === unit)
    if (!running) return
    this.running.remove(running)
    this.running.add({ ...running, endMs: this.nowMs })
  }
}
