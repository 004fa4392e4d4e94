import type { LatencyLike } from './benches.ts'
import type { Slice } from './round.ts'

/** Quantiles kept of a slice: 0 %, 2.5 %, …, 100 %. */
const STEPS = 40
/** Shorter calls than this are measured in few steps of the clock, of which their median is always one. */
const CLOCK_SHOWS_MS = 0.005

/** tinybench's figures of one benchmark, as one sample and what belongs to it. */
export function sliceOf(latency: LatencyLike, totalMs: number, gcMs: number): Slice {
  const { mean, p50, samples } = latency
  return {
    calls: latency.samplesCount ?? samples?.length ?? 0,
    typicalMs: p50 < CLOCK_SHOWS_MS ? mean : p50,
    meanMs: mean,
    totalMs,
    gcMs,
    ...(samples && samples.length > 0 && { quantiles: quantilesOf(samples) }),
  }
}

/** @param sorted at least one */
function quantilesOf(sorted: readonly number[]): readonly number[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const at = (step / STEPS) * (sorted.length - 1)
    const below = sorted[Math.floor(at)]!
    return below + (sorted[Math.ceil(at)]! - below) * (at % 1)
  })
}
