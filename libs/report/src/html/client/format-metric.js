const TIMES = /** @type {const} */ ([
  [1000, 's'],
  [1, 'ms'],
  [1e-3, 'µs'],
  [1e-6, 'ns'],
])

/**
 * A value in a unit that people read; the same words as in the summary.
 * @param {number} value
 * @param {string} unit
 */
export function metric(value, unit) {
  if (unit === 'ms') {
    const [size, name] = TIMES.find(([least]) => Math.abs(value) >= least) ?? TIMES[3]
    return `${figures(value / size)} ${name}`
  }
  if (unit === 'B') return `${figures(value / 1e6)} MB`
  return unit === '' ? figures(value) : `${figures(value)} ${unit}`
}

/** @param {number} value */
const figures = (value) =>
  Math.abs(value) >= 1e15
    ? value.toPrecision(3)
    : Math.abs(value) >= 1000
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)))

/**
 * `+12.3 %` for a ratio of 1.123.
 * @param {number} ratio
 */
export function change(ratio) {
  const percent = (ratio - 1) * 100
  const text = Math.abs(percent).toFixed(Math.abs(percent) < 99.5 ? 1 : 0)
  return `${Number(text) === 0 ? '±' : percent > 0 ? '+' : '−'}${text} %`
}
