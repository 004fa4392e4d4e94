import { err, ok, type Result, type RunRecord } from '@muster/model'
import { measureOnce, type MeasureOptions } from './measure-once.ts'
import type { MeasuredSuite } from './measured-suites.ts'
import { measurementsOf, type Measurements } from './measurements.ts'

export interface RoundsOptions extends MeasureOptions {
  /** How often; every time but the first without the cache. */
  readonly rounds: number
}

export interface MeasuredRounds extends Measurements {
  readonly records: readonly RunRecord[]
}

/** Measures suites as often as asked, and puts the samples together. The error is for people. */
export async function measureRounds(
  root: string,
  suites: readonly MeasuredSuite[],
  options: RoundsOptions,
): Promise<Result<MeasuredRounds, string>> {
  const records: RunRecord[] = []
  for (let round = 0; round < options.rounds; round++) {
    const of = options.rounds > 1 ? ` (${round + 1} of ${options.rounds})` : ''
    console.error(`muster: measuring ${suites.map(({ id }) => id).join(', ')}${of} …`)
    const run = await measureOnce(root, suites, {
      ...options,
      skipCache: options.skipCache || round > 0,
    })
    if (!run.ok) return err(run.error)
    records.push(...run.value)
  }
  return ok({ ...measurementsOf(suites, records), records })
}
