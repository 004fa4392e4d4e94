import { midranks } from '../ranks/midranks.ts'

/** Of fewer samples it can't be told. */
const FEWEST = 10
/**
 * Standard errors of the first autocorrelation; smaller ones are taken for chance. Few samples that are taken for dependent
 * can't be significant at all, so there it has to stand out more.
 */
const NOTICEABLE = { few: 2, many: 1.28 }
const MANY = 30
/** An estimate near 1 would say that there is less than one independent sample. */
const GREATEST = 0.95

/**
 * By how much dependence between neighbours inflates the variance of what is estimated from a series: 1 of independent
 * samples, (1 + ρ) / (1 − ρ) of a first-order autoregressive one. From autocorrelations of ranks, the greater of two estimates:
 * the first-order one with its bias in short series corrected (M. G. Kendall, Biometrika 41 (1954), 403–404), and the
 * sum cut off by the initial positive sequence (C. J. Geyer, Statistical Science 7 (1992), 473–483), which sees slow drift.
 * Too small for series that are shorter than some ten times their memory; what a whole run has in common is
 * not in it at all, see `noiseFloor`.
 * @param series in the order it was measured
 */
export function varianceInflation(series: readonly number[]): number {
  const count = series.length
  if (count < FEWEST) return 1
  const centred = midranks(series).ranks.map((rank) => rank - (count + 1) / 2)
  const variance = covariance(centred, 0)
  if (variance === 0) return 1
  const first = covariance(centred, 1) / variance
  const rho = Math.min(GREATEST, first + (1 + 3 * first) / count)
  const noticeable = count < MANY ? NOTICEABLE.few : NOTICEABLE.many
  if (rho <= noticeable / Math.sqrt(count)) return 1
  return Math.max((1 + rho) / (1 - rho), positiveSequence(centred, variance))
}

function positiveSequence(centred: Float64Array, variance: number): number {
  let total = -1
  for (let lag = 0; lag + 1 < centred.length / 2; lag += 2) {
    const pair = (covariance(centred, lag) + covariance(centred, lag + 1)) / variance
    if (pair <= 0) break
    total += 2 * pair
  }
  return total
}

function covariance(centred: Float64Array, lag: number): number {
  let sum = 0
  for (let index = lag; index < centred.length; index++)
    sum += (centred[index] ?? 0) * (centred[index - lag] ?? 0)
  return sum / centred.length
}
