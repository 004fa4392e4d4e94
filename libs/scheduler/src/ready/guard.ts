import type { Entry } from '../entry.ts'
import { hinders } from './hinders.ts'
import { reserve, respects, type Reservation } from './reservation.ts'
import type { Scene } from './scene.ts'

/** So often may units that rank lower take what a unit lacks; then the machine is kept free for it. */
export const MOST_PASSES = 100

/** Keeps others from delaying the better ones that were looked at before. */
export class Guard {
  /** How often it was asked. */
  looks = 0
  private isReserved = false
  /** Undefined also when it is too far ahead. */
  private reservation: Reservation | undefined
  /** Passed over too often. */
  private readonly aged: Entry[] = []
  private readonly scene: Scene

  constructor(scene: Scene) {
    this.scene = scene
  }

  /** The first that asks gets it, which is the best. */
  reserveFor(entry: Entry): void {
    if (this.isReserved) return
    this.isReserved = true
    this.reservation = reserve(entry.claim, this.scene.machine, this.scene.running)
  }

  ageOf(entry: Entry): void {
    if (entry.passes >= MOST_PASSES) this.aged.push(entry)
  }

  hasRoomFor({ claim }: Entry): boolean {
    this.looks++
    return this.scene.machine.fits(claim)
  }

  allows({ claim, estimateMs }: Entry): boolean {
    this.looks++
    const { machine, nowMs } = this.scene
    return (
      machine.fits(claim) &&
      (!this.reservation || respects(claim, nowMs + estimateMs, this.reservation)) &&
      !this.aged.some((each) => hinders(claim, each.claim, machine))
    )
  }
}
