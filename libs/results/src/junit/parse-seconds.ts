/**
 * Milliseconds from a `time` attribute, or undefined when it is no duration. Reporters write seconds in
 * their locale: `1,234.567` (Surefire, thousands), `1.234,567` and `0,25` (decimal comma). A lone comma
 * before exactly three digits is ambiguous; it separates thousands unless a zero leads (`0,123`).
 */
export function parseSeconds(text: string): number | undefined {
  const trimmed = text.trim()
  if (!/^\+?[\d.,]+(?:e[+-]?\d+)?$/i.test(trimmed)) return undefined
  const seconds = Number(plainNumber(trimmed))
  if (!Number.isFinite(seconds)) return undefined
  // To the microsecond: 0.07 * 1000 is not 70.
  return Math.round(seconds * 1e6) / 1000
}

function plainNumber(text: string): string {
  const comma = text.lastIndexOf(',')
  if (comma === -1) return text
  const dot = text.lastIndexOf('.')
  if (dot > comma) return text.replaceAll(',', '')
  const thousands = dot === -1 && /^\+?[1-9]\d{0,2}(?:,\d{3})+$/.test(text)
  return thousands ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.')
}
