/** A count that fades with each failing cycle; `in` is the cycle of its value. */
interface Faded {
  value: number
  in: number
}

/** Which tests fail together, of cycles with a failure only: where nothing failed there is nothing to find early. */
export interface CoFailures {
  failingCycles: number
  readonly ran: Map<string, Faded>
  readonly failed: Map<string, Faded>
  readonly together: Map<string, Map<string, Faded>>
}

export const noCoFailures = (): CoFailures => ({
  failingCycles: 0,
  ran: new Map(),
  failed: new Map(),
  together: new Map(),
})

const FADE = 0.98
/** When more tests fail than this, something common broke, and every pair in it would look related. */
const MASS_FAILURE = 50

/** @param ran, failed each test once */
export function learnCoFailures(memory: CoFailures, ran: readonly string[], failed: readonly string[]): void {
  if (failed.length === 0) return
  const cycle = ++memory.failingCycles
  for (const test of ran) add(memory.ran, test, cycle)
  for (const test of failed) add(memory.failed, test, cycle)
  if (failed.length > MASS_FAILURE) return
  for (const one of failed) {
    let partners = memory.together.get(one)
    if (partners === undefined) memory.together.set(one, (partners = new Map()))
    for (const other of failed) if (other !== one) add(partners, other, cycle)
  }
}

/** Tests that have failed together with this one. */
export const partnersOf = (memory: CoFailures, test: string): Iterable<string> =>
  memory.together.get(test)?.keys() ?? []

/**
 * How much more likely `test` is to fail now that `other` has failed or passed: the log of the likelihood ratio, > 0 for
 * more. Both counts are drawn towards what chance would give, by as much as `doubt` cycles weigh.
 */
export function evidence(
  memory: CoFailures,
  test: string,
  other: { readonly test: string; readonly failed: boolean },
  doubt: number,
): number {
  const now = memory.failingCycles
  const both = at(memory.together.get(other.test)?.get(test), now)
  const otherFailed = at(memory.failed.get(other.test), now)
  const otherRan = at(memory.ran.get(other.test), now)
  const failed = at(memory.failed.get(test), now)
  const cycles = Math.min(otherRan, at(memory.ran.get(test), now))
  const byChance = (otherFailed + 0.1) / (otherRan + 1)
  const ifFails = (both + doubt * byChance) / (failed + doubt)
  const apart = Math.max(0, Math.min(otherFailed, cycles) - both)
  const ifPasses = (apart + doubt * byChance) / (Math.max(0, cycles - failed) + doubt)
  if (other.failed) return Math.log(ifFails / ifPasses)
  return Math.log((1 - Math.min(SURE, ifFails)) / (1 - Math.min(SURE, ifPasses)))
}

/** No pass speaks against a failure beyond 100 to 1. */
const SURE = 0.99

function add(counts: Map<string, Faded>, key: string, cycle: number): void {
  const known = counts.get(key)
  if (known === undefined) {
    counts.set(key, { value: 1, in: cycle })
    return
  }
  known.value = at(known, cycle) + 1
  known.in = cycle
}

const at = (count: Faded | undefined, cycle: number): number =>
  count === undefined ? 0 : count.value * FADE ** (cycle - count.in)
