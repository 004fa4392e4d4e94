import { sorted } from '../samples/sorted.ts'

/** Of the differences between neighbours; up to a quarter of them may be changes of level or spikes. */
const QUANTILE = 0.75
/** That quantile of |a − b| for two standard normal variables: √2 times the 87.5 % quantile of one. */
const NORMAL_QUANTILE = 1.1503493803760079 * Math.SQRT2

/**
 * Standard deviation of a series' noise, from the differences between neighbours, so that steps and slow changes of its
 * level are no noise. 0 where three of four neighbours are equal.
 */
export function stepDeviation(series: readonly number[]): number {
  const steps = sorted(series.slice(1).map((each, index) => Math.abs(each - (series[index] ?? each))))
  return steps.length === 0 ? 0 : quantile(steps, QUANTILE) / NORMAL_QUANTILE
}

/** Linear between the neighbours (type 7 of Hyndman and Fan). */
function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1)
  const below = ascending[Math.floor(place)] ?? 0
  return below + ((ascending[Math.ceil(place)] ?? below) - below) * (place % 1)
}
