import { err, ok, type Result } from '@muster/model'
import { MOST_SET_ASIDE } from '../defaults.ts'
import { percent } from '../compare/figures.ts'
import { describe } from '../samples/describe.ts'
import { thin } from '../samples/thin.ts'
import { usableSamples } from '../samples/usable-samples.ts'
import { MOST_SAMPLES, type BaselineEntry } from './baseline-file.ts'

export interface Measured extends Pick<
  BaselineEntry,
  'unit' | 'better' | 'recordedAt' | 'commit' | 'why' | 'environment'
> {
  /** In the order they were measured. */
  readonly values: readonly number[]
}

/**
 * Measured values as an entry: figures of all usable ones, and at most 100 of them to compare with later.
 * @returns an error in words where none is usable, or too few of them are
 */
export function makeEntry({ values, ...facts }: Measured): Result<BaselineEntry, string> {
  const figures = describe(values)
  if (!figures.ok) return figures
  const { values: usable, setAside, complaint } = usableSamples(values)
  if (setAside > MOST_SET_ASIDE * values.length) {
    return err(`${complaint}; a baseline may lack ${percent(MOST_SET_ASIDE)} of them at most`)
  }
  const { count, median, mean, deviation, interval } = figures.value
  return ok({
    ...facts,
    count,
    median,
    mean,
    deviation,
    interval: [interval.low, interval.high],
    samples: thin(usable, MOST_SAMPLES),
  })
}
