/** Keeps the beginning. Says how much was left out. `limit` in UTF-16 units. */
export const clipEnd = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}\n… ${text.length - limit} more characters`

/** Keeps the end, where the trouble usually is. */
export const clipStart = (text: string, limit: number): string =>
  text.length <= limit ? text : `… ${text.length - limit} characters before\n${text.slice(-limit)}`

/** The last `limit` lines, without the newline at the end. */
export function tailLines(text: string, limit: number): string[] {
  const lines = text.trimEnd().split('\n')
  return lines.length <= limit ? lines : [`… ${lines.length - limit} lines before`, ...lines.slice(-limit)]
}
