/** Milliseconds of a .NET time span such as `00:00:01.2345678` or `1.02:03:04.5`; 0 when it is none. */
export function parseTimeSpan(text: string): number {
  const match = /^(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(text.trim())
  if (!match) return 0
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e6) / 1000
}
