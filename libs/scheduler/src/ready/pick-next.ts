import type { Entry } from '../entry.ts'
import type { Machine } from '../resources/machine.ts'
import { hinders } from './hinders.ts'
import { bestOf, type Lane } from './ready-queue.ts'
import { reserve, respects, type Reservation } from './reservation.ts'

/** So often may units that rank lower take what a unit lacks; then the machine is kept free for it. */
export const MOST_PASSES = 100

/** Units that are looked at for one that may start; in a long queue the worth of the rest isn't the time it takes. */
const MOST_LOOKS = 100

/** Of them in one lane, for one that ends before a reservation. */
const LANE_DEPTH = 10

/** Units that hold a reservation at a time: with one alone (EASY), the second best of another kind waits long. */
const RESERVATIONS = 2

export interface Scene {
  /** Best first. */
  readonly lanes: readonly Lane[]
  readonly machine: Machine
  /** By expected end, the earliest first. */
  readonly running: readonly Entry[]
  readonly nowMs: number
  /** Semaphores that somebody outside holds. */
  readonly heldElsewhere: ReadonlySet<string>
}

/**
 * The unit to start now: the best that fits, unless it would delay a better one that doesn't.
 *
 * The best ones that don't fit have reservations for when what runs is expected to be done; another passes them only when it ends
 * before, or when it fits beside (EASY backfilling, Lifka 1995). Estimates can be wrong again and again, so what passes is counted
 * as well, up to `MOST_PASSES`.
 */
export function pickNext(scene: Scene): Entry | undefined {
  const { machine } = scene
  if (machine.isFull) return undefined
  const passed: Entry[] = []
  const guard = new Guard(scene)
  for (const lane of scene.lanes) {
    const best = bestOf(lane)
    if (isHeld(best, scene.heldElsewhere)) continue
    if (guard.looks > MOST_LOOKS) break
    const found = findAllowed(lane, guard)
    if (found) {
      for (const entry of passed) if (hinders(found.claim, entry.claim, machine)) entry.passes++
      return found
    }
    if (!machine.fits(best.claim)) guard.reserveFor(best)
    guard.ageOf(best)
    passed.push(best)
  }
  return undefined
}

const isHeld = ({ claim }: Entry, elsewhere: ReadonlySet<string>): boolean =>
  elsewhere.size > 0 && claim.semaphores.some((name) => elsewhere.has(name))

function findAllowed({ entries: { items } }: Lane, guard: Guard): Entry | undefined {
  const best = items.length - 1
  if (!guard.hasRoomFor(items[best]!)) return undefined
  const deepest = Math.max(0, items.length - LANE_DEPTH)
  for (let index = best; index >= deepest; index--) {
    if (guard.allows(items[index]!)) return items[index]
  }
  return undefined
}

/** Keeps others from delaying the better ones that were looked at before. */
class Guard {
  /** How often it was asked. */
  looks = 0
  private waiting = 0
  private readonly reservations: Reservation[] = []
  /** Passed over too often. */
  private readonly aged: Entry[] = []
  private readonly scene: Scene

  constructor(scene: Scene) {
    this.scene = scene
  }

  reserveFor(entry: Entry): void {
    if (this.waiting++ >= RESERVATIONS) return
    const reservation = reserve(entry.claim, this.scene.machine, this.scene.running)
    if (reservation) this.reservations.push(reservation)
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
      this.reservations.every((each) => respects(claim, nowMs + estimateMs, each)) &&
      !this.aged.some((each) => hinders(claim, each.claim, machine))
    )
  }
}
