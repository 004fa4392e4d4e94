import { err, ok, type Result } from '@muster/model'
import type { Description } from './description.ts'
import { medianInterval } from './median-interval.ts'
import { median, medianOf, sorted } from './sorted.ts'
import { usableSamples } from './usable-samples.ts'

/** Modified z-score from which on a sample is called an outlier: Iglewicz and Hoaglin, 1993. */
const FAR = 3.5
/** Median absolute deviation of the normal distribution, in standard deviations. */
const NORMAL_MAD = 0.6744897501960817

/**
 * The samples in figures.
 * @returns an error in words where no sample is usable
 */
export function describe(values: readonly number[]): Result<Description, string> {
  const { values: usable, setAside, complaint } = usableSamples(values)
  if (usable.length === 0) return err(values.length === 0 ? 'there are no samples' : complaint)
  const ascending = sorted(usable)
  const count = ascending.length
  const middle = medianOf(ascending)
  const mean = meanOf(ascending)
  const most = ascending[count - 1] ?? mean
  return ok({
    count,
    mean,
    median: middle,
    deviation: deviationOf(ascending, mean, most),
    mad: median(usable.map((value) => Math.abs(value - middle))),
    min: ascending[0] ?? middle,
    max: most,
    interval: medianInterval(ascending),
    outliers: countOutliers(usable),
    setAside,
  })
}

/** Divides before it adds: sums of great numbers may overflow. */
const meanOf = (values: Float64Array): number =>
  values.reduce((mean, value, index) => mean + (value - mean) / (index + 1), 0)

/** Relative to the greatest: squares of great numbers overflow, and those of small ones vanish. */
function deviationOf(values: Float64Array, mean: number, most: number): number {
  if (values.length < 2) return 0
  const squares = values.reduce((sum, value) => sum + ((value - mean) / most) ** 2, 0)
  return most * Math.sqrt(squares / (values.length - 1))
}

/** By logarithms: times are skewed, and what is slow by a factor isn't stranger than what is fast by it. */
function countOutliers(values: readonly number[]): number {
  const logs = values.map(Math.log)
  const middle = median(logs)
  const distances = logs.map((each) => Math.abs(each - middle))
  const limit = (FAR * median(distances)) / NORMAL_MAD
  return limit === 0 ? 0 : distances.filter((each) => each > limit).length
}
