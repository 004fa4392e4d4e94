import type { Measure } from './suite.ts'
import type { Metric } from './test-case.ts'

/** Samples kept of one metric. A hundred pin a median down to a tenth of the deviation; more would only fill the cache. */
export const MAX_SAMPLES = 200

/** What a suite measured of itself in one execution, and on what. */
export interface Measurement {
  /** Class of the machine: only measurements of one class are compared. */
  readonly machine: string
  /** The machine at that time, for people: processor, governor, memory, system, runtime, container, load. */
  readonly environment: Readonly<Record<string, string | number | boolean>>
  /** Of the working tree; ends in `-dirty` when it had changes. */
  readonly commit?: string
  /** Cores that other processes of the machine kept busy meanwhile; null when nobody could tell. */
  readonly othersCpus: number | null
  /** What was declared, so that what a cache brings back can be judged without the declaration. */
  readonly policy: Measure
  /** Of the suite as a whole, by name. */
  readonly metrics: Readonly<Record<string, Metric>>
}

/**
 * What a comparison with a baseline came to. `no-baseline` and `other-machine` are answers of their own, and so is not
 * knowing: `too-noisy`, `too-few-samples`, `unusable` (values, or a unit, that can't be compared).
 */
export const BASELINE_VERDICTS = [
  'regression',
  'improvement',
  'unchanged',
  'too-noisy',
  'too-few-samples',
  'unusable',
  'no-baseline',
  'other-machine',
] as const
export type BaselineVerdict = (typeof BASELINE_VERDICTS)[number]

/** One side of a comparison. */
export interface MeasuredSide {
  readonly median: number
  /** Interval of the median. */
  readonly low: number
  readonly high: number
  readonly samples: readonly number[]
}

/** One metric of one benchmark, held against its baseline. */
export interface BaselineComparison {
  /** Full name of the test case; empty: the suite as a whole. */
  readonly benchmark: string
  readonly metric: string
  /** Empty for plain numbers. */
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly verdict: BaselineVerdict
  /** One sentence for people. */
  readonly reason: string
  /** Of a regression: a rerun said so too. Without it, it is a suspicion. */
  readonly confirmed?: true
  /** Where both sides could be compared. */
  readonly change?: {
    /** Of a typical current sample to a typical one of the base. */
    readonly ratio: number
    /** Interval of the ratio, at `confidence` (0.99 is 99 %). */
    readonly low: number
    readonly high: number
    readonly confidence: number
    /** Of no difference. */
    readonly p: number
    /** Cliff's delta, −1 to 1. */
    readonly delta: number
  }
  readonly current: MeasuredSide
  readonly base?: MeasuredSide
  /** ISO 8601. */
  readonly baseRecordedAt?: string
  readonly baseCommit?: string
}
