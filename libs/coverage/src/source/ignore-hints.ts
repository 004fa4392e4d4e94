/** What comments such as `istanbul ignore next` ask to leave out; `c8` and `v8` are understood, too. */
export interface IgnoreHints {
  readonly file: boolean
  /** Offsets at which the node to be left out starts. */
  readonly next: ReadonlySet<number>
  /** Offsets of `if` statements whose first, or whose `else`, way is left out. */
  readonly ways: ReadonlyMap<number, 'if' | 'else'>
  /** From a `start` to its `stop`. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

interface Comment {
  readonly value: string
  readonly start: number
  readonly end: number
}

const HINT = /^\s*(?:istanbul|c8|v8)\s+ignore\s+(next|if|else|file|start|stop)\b/

/** @param comments in the order of the text */
export function ignoreHints(text: string, comments: readonly Comment[]): IgnoreHints {
  const next = new Set<number>()
  const ways = new Map<number, 'if' | 'else'>()
  const ranges: { start: number; end: number }[] = []
  let file = false
  let from: number | undefined
  for (const [index, { value, start, end }] of comments.entries()) {
    const hint = HINT.exec(value)?.[1]
    if (hint === 'file') file = true
    else if (hint === 'start') from ??= start
    else if (hint === 'stop' && from !== undefined) {
      ranges.push({ start: from, end })
      from = undefined
    } else if (hint === 'next') next.add(codeAfter(text, comments, index))
    else if (hint === 'if' || hint === 'else') ways.set(codeAfter(text, comments, index), hint)
  }
  if (from !== undefined) ranges.push({ start: from, end: text.length })
  return { file, next, ways, ranges }
}

/** Where the first code behind a comment starts. */
function codeAfter(text: string, comments: readonly Comment[], index: number): number {
  let at = comments[index]!.end
  for (let following = index + 1; ; following++) {
    while (at < text.length && /\s/.test(text[at]!)) at++
    const comment = comments[following]
    if (comment?.start !== at) return at
    at = comment.end
  }
}
