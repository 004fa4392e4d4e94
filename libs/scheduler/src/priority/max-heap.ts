export interface Ranked {
  readonly value: number
  readonly index: number
}

const before = (a: Ranked, b: Ranked): boolean =>
  a.value > b.value || (a.value === b.value && a.index < b.index)

/** A binary heap: the largest value first, equals by their index. */
export class MaxHeap {
  readonly #items: Ranked[] = []

  push(item: Ranked): void {
    const items = this.#items
    let hole = items.push(item) - 1
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!before(item, items[parent]!)) break
      items[hole] = items[parent]!
      hole = parent
    }
    items[hole] = item
  }

  pop(): Ranked | undefined {
    const items = this.#items
    const top = items[0]
    const moved = items.pop()
    if (moved === undefined || items.length === 0) return top
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= items.length) break
      if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child += 1
      if (!before(items[child]!, moved)) break
      items[hole] = items[child]!
      hole = child
    }
    items[hole] = moved
    return top
  }
}
