import type { Needs } from '@muster/model'
import { weightedQuantile } from './weighted-quantile.ts'

/** What was measured of a suite's executions, newest last. */
export interface MeasuredNeeds {
  /** Peak memory in bytes, one an execution. */
  readonly peakBytes: readonly number[]
  /** CPU time over wall time, one an execution. */
  readonly averageCpus: readonly number[]
}

/** Memory peaks vary with the garbage collector; and what is admitted wrongly swaps or is killed. */
const MEMORY_MARGIN = 1.25
/** Executions that are looked at. */
const RECENT = 10
/** A suite with one busy thread is often measured a bit above 1, for its garbage collection and its children. */
const CLEARLY_MORE = 1.5

/**
 * What a unit of the suite takes: what is declared; else the highest of the last peaks with a margin; and one core,
 * unless it clearly keeps more busy. The upper quartile, as a crowded machine gives less than is wanted.
 */
export function learnedNeeds(memory: MeasuredNeeds, declared: Partial<Needs>): Needs {
  return {
    cpus: declared.cpus ?? learnedCpus(memory.averageCpus.slice(-RECENT)),
    memoryBytes:
      declared.memoryBytes ?? Math.ceil(MEMORY_MARGIN * Math.max(0, ...memory.peakBytes.slice(-RECENT))),
    semaphores: declared.semaphores ?? {},
    exclusive: declared.exclusive ?? [],
  }
}

function learnedCpus(averages: readonly number[]): number {
  if (averages.length === 0) return 1
  const wanted = weightedQuantile(
    averages.map((value) => ({ value, weight: 1 })),
    0.75,
  )
  return wanted < CLEARLY_MORE ? 1 : Math.round(wanted)
}
