import * as z from 'zod'

const UNIT_BYTES = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 } as const
const SIZE = /^(\d+(?:\.\d+)?)(MB|GB|MiB|GiB)$/

/** "512MB" or "2GiB" in bytes; NaN when it is neither. */
export function sizeBytes(value: string): number {
  const match = SIZE.exec(value)
  if (!match) return Number.NaN
  return Math.round(Number(match[1]) * UNIT_BYTES[match[2] as keyof typeof UNIT_BYTES])
}

/** In suite.json; `sizeBytes` turns it into bytes. */
export const sizeSchema = z
  .string()
  .regex(SIZE, 'expected a size with a unit, such as "512MB" or "2GiB"')
  .refine((value) => !(sizeBytes(value) < 1), 'expected a size above 0')
