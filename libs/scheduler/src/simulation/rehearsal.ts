import type { UnitId } from '@muster/model'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import type { SchedulerOptions } from '../scheduler.ts'
import { meanEndMs } from './mean-end.ts'
import { simulate } from './simulate.ts'

/** One for each unit, in the order of the units. */
export type Nudges = readonly number[]

interface Played {
  readonly nudges: Nudges
  readonly makespanMs: number
  /** Mean end, weighed by score. */
  readonly feedbackMs: number
}

/** What was tried, and what it came to; the units as they are to begin with. */
export class Rehearsal {
  private readonly units: readonly ScheduledUnit[]
  private readonly byId: ReadonlyMap<UnitId, ScheduledUnit>
  private readonly options: SchedulerOptions
  private readonly played: Played[] = []
  private best: Played | undefined

  constructor(units: readonly ScheduledUnit[], options: SchedulerOptions) {
    this.units = units
    this.byId = new Map(units.map((unit) => [unit.id, unit]))
    this.options = options
    this.play(units.map(({ nudge = 1 }) => nudge))
  }

  /** Beside the units as they are. */
  get tries(): number {
    return this.played.length - 1
  }

  get shortest(): Played {
    return this.best!
  }

  play(nudges: Nudges): void {
    const { units, makespanMs } = simulate(this.unitsOf({ nudges }), this.options)
    const played = { nudges, makespanMs, feedbackMs: meanEndMs(units, this.byId) }
    this.played.push(played)
    if (!this.best || makespanMs < this.best.makespanMs) this.best = played
  }

  /** The earliest mean end of those that take no longer than `withinMs`, which at least one must. */
  soonest(withinMs: number): Played {
    return this.played
      .filter(({ makespanMs }) => makespanMs <= withinMs)
      .reduce((soonest, each) => (each.feedbackMs < soonest.feedbackMs ? each : soonest))
  }

  unitsOf({ nudges }: Pick<Played, 'nudges'>): readonly ScheduledUnit[] {
    return this.units.map((unit, n) => ({ ...unit, nudge: nudges[n]! }))
  }
}
