import { stepDeviation } from '../noise/step-deviation.ts'

/** Neighbours that depend on each other less than this are shuffled singly, */
const NEGLIGIBLE = 0.3
/** and so are those that seem to depend by less than this many times 1/√n: an estimate from few points says little. */
const BY_CHANCE = 4
const GREATEST = 0.9
/** Fewer can't be shuffled in enough ways. */
const FEWEST_BLOCKS = 8
/** Of a difference, in standard deviations of the noise; the rest of it is a change of level. */
const FAR = 3

/**
 * How many neighbouring points must be shuffled together so that a shuffle keeps the noise's own waves. From the
 * autocorrelation of differences, which steps and slow changes of level hardly touch: of first-order noise it is
 * −(1 − ρ)/2. Below 50 points hardly ever found.
 */
export function blockLength(series: readonly number[]): number {
  const reach = FAR * Math.SQRT2 * stepDeviation(series)
  const steps = series.slice(1).map((value, index) => {
    const step = value - (series[index] ?? value)
    return Math.min(Math.max(step, -reach), reach)
  })
  let [square, product] = [0, 0]
  for (const [index, step] of steps.entries()) {
    square += step ** 2
    product += step * (steps[index - 1] ?? 0)
  }
  const rho = square === 0 ? 0 : 1 + (2 * product) / square
  if (rho <= Math.max(NEGLIGIBLE, BY_CHANCE / Math.sqrt(series.length))) return 1
  const bounded = Math.min(rho, GREATEST)
  const wave = Math.ceil((1 + bounded) / (1 - bounded))
  return Math.max(1, Math.min(wave, Math.floor(series.length / FEWEST_BLOCKS)))
}
