import { median } from '../samples/sorted.ts'
import type { BaselineEntry, BaselineFile } from './baseline-file.ts'
import { entriesOf } from './entries-of.ts'

interface Doubt {
  readonly path: readonly string[]
  readonly message: string
}

/** Six digits are written, and the median may be a mean of two samples. */
const ROUNDING = 1e-4

/** What the schema can't say: figures that contradict the samples next to them, as after an edit or a merge by hand. */
export function checkFigures(file: BaselineFile): readonly Doubt[] {
  return entriesOf(file).flatMap(({ key, entry }) =>
    contradictions(entry).map(({ field, message }) => ({
      path: ['benchmarks', key.benchmark, key.metric, key.machineClass, field],
      message: `${message}; measure again instead of editing`,
    })),
  )
}

function contradictions({ count, median: written, interval, samples }: BaselineEntry) {
  const found: { field: string; message: string }[] = []
  if (count < samples.length) {
    found.push({ field: 'count', message: `${count}, but there are ${samples.length} samples` })
  }
  if (interval[0] > interval[1])
    found.push({ field: 'interval', message: 'its low end is above its high end' })
  const actual = median(samples)
  if (count === samples.length && Math.abs(written - actual) > ROUNDING * actual) {
    found.push({ field: 'median', message: `${written}, but the median of the samples is ${actual}` })
  }
  return found
}
