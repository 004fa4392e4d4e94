import type { TinybenchSpec } from '@muster/model'

/** What `unit-entry` is asked to run. */
export interface BenchInput {
  /** Absolute. */
  readonly root: string
  readonly cwd: string
  /** Absolute, in running order. */
  readonly files: readonly string[]
  /** Absolute path of tinybench's entry. */
  readonly tinybench: string
  readonly nodeArgs: readonly string[]
  readonly prefix: readonly string[]
  readonly spec: Pick<TinybenchSpec, 'rounds' | 'maxRounds' | 'warmup' | 'sliceMs' | 'budgetMs'>
}
