import type { Range } from '../structure.ts'

export interface Position {
  /** From 1. */
  readonly line: number
  /** From 0, in UTF-16 units. */
  readonly column: number
}

/** Turns offsets of a text into lines and columns, and back. */
export class LineIndex {
  readonly #starts: readonly number[]

  private constructor(starts: readonly number[]) {
    this.#starts = starts
  }

  static ofText(text: string): LineIndex {
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    return new LineIndex(starts)
  }

  /** @param lengths of each line, without its line break of one character: what Node tells of a transpiled script */
  static ofLengths(lengths: readonly number[]): LineIndex {
    const starts: number[] = []
    let start = 0
    for (const length of lengths) {
      starts.push(start)
      start += length + 1
    }
    return new LineIndex(starts)
  }

  position(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#starts[low]! }
  }

  /** Undefined where there is no such line. */
  offset({ line, column }: Position): number | undefined {
    const start = this.#starts[line - 1]
    return start === undefined ? undefined : start + column
  }

  range(start: number, end: number): Range {
    const from = this.position(start)
    const to = this.position(end)
    return [from.line, from.column, to.line, to.column]
  }
}
