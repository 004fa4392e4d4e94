const BARS = '▁▂▃▄▅▆▇█'

/** Values as a row of bars between their least and greatest; a line of low bars when all are equal. */
export function sparkline(values: readonly number[]): string {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const span = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least
  return values
    .map((value) => BARS[span === 0 ? 0 : Math.round(((value - least) / span) * (BARS.length - 1))] ?? '')
    .join('')
}
