export const DAY_MS = 86_400_000

/** Start of a day "2030-01-31" in UTC, milliseconds since the epoch; NaN when the calendar has no such day. */
export function dayMs(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN
  const ms = Date.parse(`${day}T00:00:00Z`)
  // Date.parse takes the 31st of February for the 3rd of March.
  return Number.isNaN(ms) || dayOf(ms) !== day ? Number.NaN : ms
}

/** The day in UTC, as "2030-01-31". @param ms since the epoch */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
