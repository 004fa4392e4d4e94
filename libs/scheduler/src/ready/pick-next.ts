import type { Entry } from '../entry.ts'
import { Guard } from './guard.ts'
import { hinders } from './hinders.ts'
import { bestOf, type Lane } from './ready-queue.ts'
import type { Scene } from './scene.ts'

/** So many kinds of units are looked at for one that may start; behind them the gain isn't worth the time. */
const MOST_LOOKS = 100

/** Of them in one lane, for one that ends before a reservation. */
const LANE_DEPTH = 10

/**
 * The unit to start now: the best that fits, unless it would delay a better one that doesn't.
 *
 * The best one that doesn't fit has a reservation for when enough of what runs is expected to be done; another passes it only when
 * it ends before, or when it fits beside (EASY backfilling, Lifka 1995). In simulations a second reservation gained nothing.
 * Estimates can be wrong again and again, so what passes is counted as well, up to `MOST_PASSES`.
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
