import type { MeasuredComparison, RatioInterval } from './comparison.ts'

/** `12.3 %`; of large changes fewer digits. */
export function percent(share: number): string {
  const value = Math.abs(share) * 100
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(value >= 10 ? 3 : 2))} %`
}

/** `+12.3 %`. */
export const change = (ratio: number): string => (ratio < 1 ? '−' : '+') + percent(ratio - 1)

/** `+2.1 % to +8.9 %, 99 % sure`. */
export const range = ({ low, high, confidence }: RatioInterval): string =>
  `${change(low)} to ${change(high)}, ${percent(confidence)} sure`

/** `+12.3 % (+2.1 % to +22 %, 99 % sure; p 0.0001)`. */
export const figures = ({
  ratio,
  interval,
  p,
}: Pick<MeasuredComparison, 'ratio' | 'interval' | 'p'>): string =>
  `${change(ratio)} (${range(interval)}; p ${pValue(p)})`

export const pValue = (p: number): string => (p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2))))
