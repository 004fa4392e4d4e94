import type { V8Function } from './v8-types.ts'

interface Step {
  readonly start: number
  readonly end: number
  readonly count: number
  /** The range of a whole function. */
  readonly whole: boolean
}

/** How often the code at an offset ran: the count of the innermost range around it. */
export class CountIndex {
  /** By start; what encloses another comes first. */
  readonly #ranges: readonly Step[]
  /** For each range the index of the one around it, or -1. */
  readonly #parents: readonly number[]

  constructor(functions: readonly V8Function[]) {
    const ranges = functions
      .flatMap(({ ranges: all }) =>
        all.map(({ startOffset: start, endOffset: end, count }, index): Step => ({
          start,
          end,
          count,
          whole: index === 0,
        })),
      )
      .toSorted((a, b) => a.start - b.start || b.end - a.end || Number(b.whole) - Number(a.whole))
    const open: number[] = []
    this.#parents = ranges.map((range, index) => {
      while (open.length > 0 && ranges[open.at(-1)!]!.end < range.end) open.pop()
      while (open.length > 0 && ranges[open.at(-1)!]!.end <= range.start) open.pop()
      const parent = open.at(-1) ?? -1
      open.push(index)
      return parent
    })
    this.#ranges = ranges
  }

  /**
   * @param definition whether, where a function starts, its definition is meant and not its calls: the arrow of
   * `const f = () => 1` is evaluated once, however often it is called
   */
  at(offset: number, definition: boolean): number {
    let low = 0
    let high = this.#ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ranges[middle]!.start <= offset) low = middle + 1
      else high = middle
    }
    for (let index = low - 1; index >= 0; index = this.#parents[index]!) {
      const range = this.#ranges[index]!
      if (offset >= range.end) continue
      // The script itself is no function of anybody.
      if (definition && range.whole && range.start === offset && this.#parents[index]! >= 0) continue
      return range.count
    }
    return 0
  }
}
