import { loadWarning } from '@muster/engine/baselines'
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
    const disturbed = disturbedHits(suites, run.value)
    if (disturbed.length === 0) {
      records.push(...run.value)
      continue
    }
    const names = disturbed.map(({ id }) => id).join(', ')
    console.error(`muster: ${names}: the cache has it from a busy machine; measuring it again …`)
    const again = await measureOnce(root, disturbed, { ...options, skipCache: true })
    if (!again.ok) return err(again.error)
    records.push(...run.value.map((record) => without(record, disturbed)), ...again.value)
  }
  return ok({ ...measurementsOf(suites, records), records })
}

/** Suites that the cache answered with a measurement that other processes disturbed. It was kept because the suite passed. */
export const disturbedHits = (
  suites: readonly MeasuredSuite[],
  records: readonly RunRecord[],
): readonly MeasuredSuite[] => {
  const hits = records.flatMap((record) => record.suites.filter(({ cached }) => cached))
  const disturbed = new Set(
    hits.flatMap(({ name, measurement }) =>
      measurement && loadWarning(measurement.othersCpus).length > 0 ? [name] : [],
    ),
  )
  return suites.filter(({ id }) => disturbed.has(id))
}

function without(record: RunRecord, suites: readonly MeasuredSuite[]): RunRecord {
  const names = new Set<string>(suites.map(({ id }) => id))
  return { ...record, suites: record.suites.filter(({ name }) => !names.has(name)) }
}
