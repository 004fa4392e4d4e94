import type { Capacity } from '@muster/model'
import { WORKERS } from '../resources/resource-index.ts'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import { countingBound } from './counting-bound.ts'
import { weightings } from './dual-feasible.ts'
import { energyBound } from './energy-bound.ts'
import { headTailBound } from './head-tail-bound.ts'
import type { Load } from './load.ts'
import { pairBound } from './pair-bound.ts'
import { toJobs, type Job } from './to-jobs.ts'

/**
 * No schedule of these units on such a machine is shorter, ms; 0 without units. The largest of: the longest chain, what few
 * long units make of few workers, what two make that don't fit beside each other, and for each resource its work between the heads and tails of those who do it.
 */
export function lowerBound(units: readonly ScheduledUnit[], capacity: Capacity): number {
  const { jobs, limits } = toJobs(units, capacity)
  const chain = jobs.reduce((longest, { headMs, ms, tailMs }) => Math.max(longest, headMs + ms + tailMs), 0)
  const durations = jobs.map(({ ms }) => ms)
  let bound = Math.max(chain, countingBound(durations, limits[WORKERS]!), pairBound(jobs, limits))
  const shares: Load[][] = []
  for (const [resource, limit] of limits.entries()) {
    const [plain = [], ...others] = loadsOf(jobs, resource, limit)
    shares.push(plain)
    for (const loads of [plain, ...others]) bound = Math.max(bound, headTailBound(loads))
  }
  // It starts from what the cheap ones have found.
  return shares.reduce((most, loads) => energyBound(loads, most), bound)
}

/** The work that a resource has to do, by each of its weightings. */
function loadsOf(jobs: readonly Job[], resource: number, limit: number): Load[][] {
  const users = jobs.filter(({ amounts }) => amounts.has(resource))
  const amounts = users.map((job) => job.amounts.get(resource)!)
  return weightings(amounts, limit).map((weigh) =>
    users
      .map(({ headMs, ms, tailMs }, index) => ({ headMs, ms, tailMs, workMs: ms * weigh(amounts[index]!) }))
      .filter(({ workMs }) => workMs > 0),
  )
}
