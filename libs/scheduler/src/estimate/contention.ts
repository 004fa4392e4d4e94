import type { DurationSample } from './duration-sample.ts'
import { weightedMedian, type Weighted } from './weighted-quantile.ts'

/*
 * When more units run than the machine has cores, their CPU time is stretched and their waiting is not:
 *
 *   wall = unloaded + λ · cpu · (busy − 1)        for busy > 1
 *
 * λ = 1 if everybody else always wants a core; less, if the others wait much, or this suite does (when its CPU time isn't
 * known all of its time counts as CPU time). λ is learned from samples of different load; whatever it is, a sample
 * unloaded and loaded again to where it came from gives itself, so that a wrong λ costs nothing while the load is as it was.
 */

/** A sample without its load, and how it takes to load. */
export interface Unloaded {
  /** Wall time in ms on a machine with a core to spare. */
  readonly ms: number
  /** What every further unit a core adds, in ms. */
  readonly stretchMs: number
}

const STEPS = [1, 0.75, 0.5, 0.25, 0] as const

/** Preferred is what was measured least wrong without any knowledge: full contention. Costs this much spread per unit of λ. */
const DOUBT = 0.02

/** @param lambda share of the nominal contention that the suite feels, 0..1 */
export function unload({ durationMs, cpuMs, busy = 1 }: DurationSample, lambda: number): Unloaded {
  const excess = Math.max(0, busy - 1)
  if (cpuMs === undefined || cpuMs > durationMs) {
    const ms = durationMs / (1 + lambda * excess)
    return { ms, stretchMs: lambda * ms }
  }
  // One thread can't be quicker than its CPU time: then there was less contention than the number of units says.
  const stretchMs = excess === 0 ? lambda * cpuMs : Math.min(lambda * cpuMs, (durationMs - cpuMs) / excess)
  return { ms: durationMs - stretchMs * excess, stretchMs }
}

/** @param busy units that will run at the same time, over cores */
export const load = ({ ms, stretchMs }: Unloaded, busy: number): number =>
  ms + stretchMs * Math.max(0, busy - 1)

/** The λ that makes samples of different load agree best, by the mean absolute deviation of their logarithms. */
export function contentionOf(samples: readonly DurationSample[], weights: readonly number[]): number {
  let best: { readonly lambda: number; readonly cost: number } = { lambda: 1, cost: Number.POSITIVE_INFINITY }
  for (const lambda of STEPS) {
    const cost = spread(samples, weights, lambda) + DOUBT * (1 - lambda)
    if (cost < best.cost) best = { lambda, cost }
  }
  return best.lambda
}

function spread(samples: readonly DurationSample[], weights: readonly number[], lambda: number): number {
  const logs: Weighted[] = samples.map((sample, index) => ({
    value: Math.log(Math.max(unload(sample, lambda).ms, 1e-3)),
    weight: weights[index] ?? 1,
  }))
  const middle = weightedMedian(logs)
  const total = logs.reduce((sum, { weight }) => sum + weight, 0)
  return logs.reduce((sum, { value, weight }) => sum + weight * Math.abs(value - middle), 0) / total
}
