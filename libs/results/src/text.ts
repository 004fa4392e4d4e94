/**
 * A copy that doesn't keep its source alive. V8 makes a slice of a large string a view on it, so one
 * retained test name would retain the whole chunk of the file it was cut from.
 */
export const detach = (text: string): string =>
  // Shorter slices are always copies.
  text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8')

/** `text` cut to `limit`, visibly, and never in the middle of a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const end = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit
  return `${text.slice(0, end)}… (cut)`
}

export const isHighSurrogate = (code: number): boolean => code >= 0xd8_00 && code <= 0xdb_ff

/** Its first line with something on it. */
export function firstLine(text: string): string {
  const [line = ''] = text.trimStart().split(/\r?\n/, 1)
  return line.trimEnd()
}

/** Line breaks in `text` between two indexes. */
export function countNewlines(text: string, from = 0, to = text.length): number {
  // A slice costs nothing, and keeps the search from running on to the end of a text without line breaks.
  const part = text.slice(from, to)
  let count = 0
  for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) count++
  return count
}
