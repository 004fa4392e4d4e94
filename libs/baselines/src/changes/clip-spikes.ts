import { stepDeviation } from '../noise/step-deviation.ts'
import { median } from '../samples/sorted.ts'

/** In standard deviations of the noise. */
const FAR = 3

/**
 * The series with single extremes brought near their neighbours: a burst shorter than `minSize` is no change that lasts, and
 * energy distances of raw values would be ruled by it. A step stays, as the running median follows it. Where most
 * neighbours are equal, as with counts, nothing is known to be extreme.
 */
export function clipSpikes(series: readonly number[], minSize: number): readonly number[] {
  const reach = FAR * stepDeviation(series)
  if (reach === 0) return series
  return series.map((value, index) => {
    const near = median(series.slice(Math.max(0, index - minSize + 1), index + minSize))
    return Math.min(Math.max(value, near - reach), near + reach)
  })
}
