import { InvalidArgumentError } from 'commander'
import { OBJECTIVES, type Objective } from '@muster/model'

/* Parsers of option values; what they refuse is told with what was expected. */

export function positiveInteger(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number of at least 1.')
  return value
}

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('Expected a whole number of at least 0.')
  return value
}

/** `1,2,4`. */
export const positiveIntegers = (text: string): readonly number[] => text.split(',').map(positiveInteger)

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** In milliseconds. */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  const value = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? 'ms'] ?? Number.NaN)
  // Node's timers fire at once when asked to wait longer than a signed 32-bit number of milliseconds.
  if (value >= 2 ** 31) throw new InvalidArgumentError('Expected at most 24 days.')
  if (!(value >= 1)) throw new InvalidArgumentError('Expected a duration such as 500ms, 90s, 5m or 1h.')
  return Math.round(value)
}

export function objective(text: string): Objective {
  const found = OBJECTIVES.find((each) => each === text)
  if (!found) throw new InvalidArgumentError(`Expected one of ${OBJECTIVES.join(', ')}.`)
  return found
}
