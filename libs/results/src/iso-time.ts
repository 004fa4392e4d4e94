/** RFC 3339 in UTC, or undefined when `at` (milliseconds since the epoch) is no time at all. */
export function isoTime(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
