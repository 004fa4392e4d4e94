/** The one place in which two texts differ, with a line around it by which it is found again. */
export interface Splice {
  /** Offset in both texts. */
  readonly at: number
  readonly was: string
  readonly is: string
}

/** @returns undefined when the texts are the same */
export function spliceOf(before: string, after: string): Splice | undefined {
  if (before === after) return undefined
  const least = Math.min(before.length, after.length)
  let start = 0
  while (start < least && before[start] === after[start]) start++
  let tail = 0
  while (tail < least - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  // The whole of the lines, and the line before: a word alone may stand anywhere.
  const lineStart = before.lastIndexOf('\n', start - 1)
  const at = lineStart <= 0 ? 0 : before.lastIndexOf('\n', lineStart - 1) + 1
  const lineEnd = before.indexOf('\n', before.length - tail)
  const kept = lineEnd === -1 ? 0 : before.length - lineEnd
  return { at, was: before.slice(at, before.length - kept), is: after.slice(at, after.length - kept) }
}

/** Takes a splice back, also from a text that was edited elsewhere; undefined when it isn't there, or not once. */
export function undoSplice(text: string, { at, was, is }: Splice): string | undefined {
  const found = text.startsWith(is, at) ? at : text.indexOf(is)
  if (found === -1) return undefined
  if (found !== at && text.includes(is, found + 1)) return undefined
  return text.slice(0, found) + was + text.slice(found + is.length)
}
