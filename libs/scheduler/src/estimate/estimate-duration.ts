import type { ColdStart } from './cold-start.ts'
import { contentionOf, load, unload } from './contention.ts'
import type { DurationSample } from './duration-sample.ts'
import { sampleWeights } from './sample-weights.ts'
import { weightedMedian, weightedQuantile, type Weighted } from './weighted-quantile.ts'

export interface EstimateContext {
  /** Class of the machine that it will run on. */
  readonly machine: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Cores of that machine. */
  readonly cpus: number
  /** Units planned to run at a time: the workers, or the units when those are fewer. Default: no more than cores. */
  readonly workers?: number
  /** Time on this machine over time on another, by the other's class; 1 for classes that aren't here. */
  readonly ratios?: ReadonlyMap<string, number>
  /** The answer without samples. Asked for only then: it takes looking at all other suites. */
  readonly cold: () => ColdStart
}

export interface DurationEstimate {
  readonly ms: number
  /** Between the two lie seven or eight of ten executions, as measured on made-up histories of all sorts. */
  readonly lowMs: number
  readonly highMs: number
  readonly basis: 'history' | 'other-machine' | 'kind' | 'default'
  /** Number of samples it is made of. */
  readonly samples: number
}

/** A guess may be this many times off, either way. */
const COLD_SPREAD = 4

/**
 * How long a suite will take: the median of what it took, newer counting more, each sample freed of the load it was
 * measured under and put under the load that is planned. Without samples of this class of machine those of others
 * are scaled; without any the cold start answers.
 * @param samples newest last
 */
export function estimateDuration(
  samples: readonly DurationSample[],
  context: EstimateContext,
): DurationEstimate {
  const { machine, ratios } = context
  const own = samples.filter((sample) => sample.machine === undefined || sample.machine === machine)
  if (own.length > 0) return fromSamples(own, context, 'history')
  if (samples.length > 0) {
    const scaled = samples.map((sample) => scale(sample, ratios?.get(sample.machine ?? machine) ?? 1))
    return fromSamples(scaled, context, 'other-machine')
  }
  const { ms, basis } = context.cold()
  return { ms, lowMs: ms / COLD_SPREAD, highMs: ms * COLD_SPREAD, basis, samples: 0 }
}

function fromSamples(
  samples: readonly DurationSample[],
  context: EstimateContext,
  basis: 'history' | 'other-machine',
): DurationEstimate {
  const busy = plannedBusy(context)
  const recency = sampleWeights(samples, context.now)
  const lambda = contentionOf(samples, recency)
  const expected: Weighted[] = samples.map((sample, index) => ({
    value: load(unload(sample, lambda), busy),
    weight: (recency[index] ?? 1) * likeness(sample.busy ?? 1, busy),
  }))
  const ms = weightedMedian(expected)
  // Few samples don't show how far they can lie apart.
  const atLeast = 1 + (basis === 'history' ? 1 : 2) / (samples.length + 1)
  return {
    ms,
    lowMs: Math.min(weightedQuantile(expected, 0.1), ms / atLeast),
    highMs: Math.max(weightedQuantile(expected, 0.9), ms * atLeast),
    basis,
    samples: samples.length,
  }
}

const plannedBusy = ({ cpus, workers = cpus }: EstimateContext): number => Math.max(1, workers / cpus)

/** The farther the load of a sample is from the planned one, the more its correction may be wrong. */
const likeness = (measured: number, planned: number): number =>
  1 / (1 + Math.abs(Math.log(Math.max(1, measured) / planned)))

const scale = (sample: DurationSample, ratio: number): DurationSample => ({
  ...sample,
  durationMs: sample.durationMs * ratio,
  ...(sample.cpuMs !== undefined && { cpuMs: sample.cpuMs * ratio }),
})
