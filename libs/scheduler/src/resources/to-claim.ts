import type { Needs } from '@muster/model'
import type { Amount, Claim } from './claim.ts'
import { CPUS, MEMORY, WORKERS } from './resource-index.ts'

/**
 * Needs in the machine's integers, rounded up, and cut down to what it has: a unit that wants more runs with all of it.
 * @param resourceOf index of a semaphore; may append to `limits`
 */
export function toClaim(
  needs: Needs,
  limits: readonly number[],
  resourceOf: (name: string) => number,
): Claim {
  const amounts = new Map<number, number>([
    [WORKERS, 1],
    [CPUS, Math.ceil(needs.cpus * 1000)],
    [MEMORY, Math.ceil(needs.memoryBytes)],
  ])
  const names = new Set<string>()
  for (const [name, permits] of Object.entries(needs.semaphores)) {
    if (!(permits > 0)) continue
    amounts.set(resourceOf(name), Math.ceil(permits))
    names.add(name)
  }
  for (const name of needs.exclusive) {
    amounts.set(resourceOf(name), Number.POSITIVE_INFINITY)
    names.add(name)
  }
  const cut = [...amounts]
    .map(([resource, amount]): Amount => ({ resource, amount: Math.min(amount, limits[resource]!) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => a.resource - b.resource)
  const shares = cut
    .filter(({ resource }) => resource <= MEMORY)
    .map(({ resource, amount }) => amount / limits[resource]!)
  const share = Math.max(...shares)
  const equalPart = 1 / limits[WORKERS]!
  return {
    amounts: cut,
    semaphores: [...names].sort(),
    lane: cut.map(laneOf).join(),
    share,
    width: equalPart < 1 ? (share - equalPart) / (1 - equalPart) : 0,
  }
}

/** Learned memory differs from unit to unit: exact lanes would hold one unit each. */
const laneOf = ({ resource, amount }: Amount): string =>
  `${resource}:${resource === MEMORY ? Math.floor(Math.log2(amount) * 12) : amount}`
