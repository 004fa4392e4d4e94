/**
 * At most `limit` of the values, evenly spread over the time they were measured in and in that order, for keeping. Which ones
 * depends on their places alone, so the same values give the same, and none is preferred for what it is.
 */
export function thin(values: readonly number[], limit: number): readonly number[] {
  if (values.length <= limit) return values
  const step = values.length / limit
  return Array.from({ length: limit }, (_, index) => values[Math.floor((index + 0.5) * step)] ?? Number.NaN)
}
