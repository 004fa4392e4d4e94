export interface DiffLine {
  readonly type: 'same' | 'expected' | 'actual'
  readonly text: string
}

/** Above this many cells the table of the longest common subsequence costs more than its diff is worth. */
const MAX_CELLS = 250_000

/** Line diff from what was expected to what came. Beyond `MAX_CELLS`, the differing middle as two blocks. */
export function diffLines(expected: string, actual: string): DiffLine[] {
  const left = expected.split('\n')
  const right = actual.split('\n')
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start++
  let end = 0
  const shorter = Math.min(left.length, right.length) - start
  while (end < shorter && left[left.length - 1 - end] === right[right.length - 1 - end]) end++
  return [
    ...lines('same', left.slice(0, start)),
    ...diffMiddle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...lines('same', left.slice(left.length - end)),
  ]
}

const lines = (type: DiffLine['type'], texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ type, text }))

function diffMiddle(left: readonly string[], right: readonly string[]): DiffLine[] {
  if (left.length * right.length > MAX_CELLS) return [...lines('expected', left), ...lines('actual', right)]
  // common[i][j]: length of the longest common subsequence of left[i…] and right[j…], in one flat table.
  const columns = right.length + 1
  const common = new Uint32Array((left.length + 1) * columns)
  const at = (i: number, j: number): number => common[i * columns + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * columns + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const result: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      result.push({ type: 'same', text: left[i] ?? '' })
      i++
      j++
    } else if (i < left.length && (j === right.length || at(i + 1, j) >= at(i, j + 1))) {
      result.push({ type: 'expected', text: left[i++] ?? '' })
    } else {
      result.push({ type: 'actual', text: right[j++] ?? '' })
    }
  }
  return result
}

/** Leaves `context` unchanged lines around each change, and one line for each gap of more than one. */
export function compactDiff(diff: readonly DiffLine[], context: number): DiffLine[] {
  const keep = diff.map(() => false)
  for (const [index, line] of diff.entries()) {
    if (line.type === 'same') continue
    for (let near = Math.max(0, index - context); near <= index + context && near < keep.length; near++) {
      keep[near] = true
    }
  }
  const result: DiffLine[] = []
  for (const [index, line] of diff.entries()) {
    const startsGap = !keep[index] && (index === 0 || keep[index - 1])
    const alone = startsGap && (index + 1 === keep.length || keep[index + 1])
    if (keep[index] || alone) result.push(line)
    else if (startsGap) result.push({ type: 'same', text: '⋯' })
  }
  return result
}
