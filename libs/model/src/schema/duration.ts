import * as z from 'zod'

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/

/** Node's timers fire at once when asked to wait longer than a signed 32-bit number of milliseconds. */
export const LONGEST_DURATION_MS = 2 ** 31 - 1

/** "90s", "5m", "1.5h" or a number of milliseconds, in milliseconds; NaN when it is neither. */
export function durationMs(value: string | number): number {
  if (typeof value === 'number') return value
  const match = DURATION.exec(value)
  if (!match) return Number.NaN
  return Math.round(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS])
}

const isUsable = (value: string | number): boolean => {
  const ms = durationMs(value)
  return Number.isNaN(ms) || (ms >= 1 && ms <= LONGEST_DURATION_MS)
}

/** In suite.json; `durationMs` turns it into milliseconds. */
export const durationSchema = z.union([
  z
    .string()
    .regex(DURATION, 'expected a number with a unit, such as "90s", "5m", "1h" or "500ms"')
    .refine(isUsable, 'expected a duration between 1 ms and 24 days'),
  z.number().refine(isUsable, 'expected a number of milliseconds between 1 and 2147483647 (24 days)'),
])
