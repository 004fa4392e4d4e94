/**
 * The same words as in the terminal.
 * @param {number} ms
 */
export function duration(ms) {
  const value = Math.max(0, ms)
  if (value === 0) return '0 ms'
  if (value < 1) return '<1 ms'
  if (value < 99.5) return `${Math.round(value)} ms`
  if (value < 9995) return `${(value / 1000).toFixed(2)} s`
  if (value < 59950) return `${(value / 1000).toFixed(1)} s`
  const seconds = Math.round(value / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`
}

/** @param {number} value */
const pad = (value) => String(value).padStart(2, '0')

/** @param {number} at milliseconds since the epoch */
export const dateTime = (at) =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** @param {number} at milliseconds since the epoch */
export const clock = (at) => new Date(at).toLocaleTimeString()

/**
 * @param {number} count
 * @param {string} noun
 */
export const counted = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

const UNITS = /** @type {const} */ (['B', 'kB', 'MB', 'GB', 'TB'])

/** As in the terminal: powers of 1000. @param {number} value */
export function bytes(value) {
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(unit === 0 || value >= 9.95 ? 0 : 1)} ${UNITS[unit]}`
}

/** @type {Record<string, string>} */
const STATUS_WORDS = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  aborted: 'stopped',
  crashed: 'crashed',
  'no-tests': 'no tests',
  'timed-out': 'timed out',
  'environment-error': 'could not start',
  'no-device': 'no device',
  quarantined: 'in quarantine',
  'not-rerun': 'not rerun',
}

/** @param {string} status */
export const statusWord = (status) => STATUS_WORDS[status] ?? status
