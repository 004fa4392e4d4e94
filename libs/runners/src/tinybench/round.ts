import type { CaseError } from '@muster/model'

/** What a process that measures is asked to do. */
export interface RoundOrder {
  /** Absolute path of the bench file. */
  readonly file: string
  /** Absolute path of tinybench's entry, for files that leave making a Bench to us. */
  readonly tinybench: string
  readonly warmup: number
  readonly sliceMs: number
  /** 0-based; the benchmarks of a file take turns in going first. */
  readonly round: number
  /** Names of benchmarks that are not to be measured again, since they have failed. */
  readonly failed: readonly string[]
}

/** Told by that process as it happens. */
export type RoundMessage =
  | { readonly type: 'measured'; readonly path: readonly string[]; readonly slice: Slice }
  | { readonly type: 'failed'; readonly path: readonly string[]; readonly error: CaseError }
  /** The file can't be used, in whole. */
  | { readonly type: 'unusable'; readonly error: CaseError }
  | { readonly type: 'end' }

/** One benchmark in one round. Times in milliseconds. */
export interface Slice {
  readonly calls: number
  /** A typical call. */
  readonly typicalMs: number
  readonly meanMs: number
  readonly totalMs: number
  /** Spent by the garbage collector meanwhile. */
  readonly gcMs: number
  /** Of all calls at even steps, least first; absent where tinybench didn't keep them. */
  readonly quantiles?: readonly number[]
}
