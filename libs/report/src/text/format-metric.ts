import { formatBytes } from './format-bytes.ts'

const TIMES = [
  [1000, 's'],
  [1, 'ms'],
  [1e-3, 'µs'],
  [1e-6, 'ns'],
] as const

/** A value in a unit that people read: `41.2 ns` for 0.0000412 ms, `1.4 MB` for bytes. */
export function formatMetric(value: number, unit: string): string {
  if (unit === 'ms') {
    const [size, name] = TIMES.find(([least]) => Math.abs(value) >= least) ?? TIMES[3]
    return `${figures(value / size)} ${name}`
  }
  if (unit === 'B') return formatBytes(value)
  return unit === '' ? figures(value) : `${figures(value)} ${unit}`
}

/** Three significant digits, all digits of great numbers that people still count. */
function figures(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toPrecision(3)
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** `+12.3 %` for a ratio of 1.123. */
export function formatChange(ratio: number): string {
  const percent = (ratio - 1) * 100
  const digits = Math.abs(percent) < 99.5 ? 1 : 0
  const text = Math.abs(percent).toFixed(digits)
  return `${Number(text) === 0 ? '±' : percent > 0 ? '+' : '−'}${text} %`
}
