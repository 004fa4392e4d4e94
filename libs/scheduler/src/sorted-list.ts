/**
 * A list that stays sorted. Adding and removing move the tail of an array, which for the lengths of a run
 * (10,000) costs less than any tree would.
 */
export class SortedList<T> {
  private list: T[] = []
  private readonly compare: (a: T, b: T) => number

  /** @param compare a total order: 0 only for the same item */
  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare
  }

  get items(): readonly T[] {
    return this.list
  }

  add(item: T): void {
    this.list.splice(this.indexOf(item), 0, item)
  }

  /** The item must be in the list, and compare as it did when it was added. */
  remove(item: T): void {
    const index = this.indexOf(item)
    if (this.list[index] !== item) throw new Error('removed from a list that does not hold it')
    this.list.splice(index, 1)
  }

  removeFirst(): T | undefined {
    return this.list.shift()
  }

  removeLast(): T | undefined {
    return this.list.pop()
  }

  replaceAll(items: Iterable<T>): void {
    this.list = [...items].sort(this.compare)
  }

  private indexOf(item: T): number {
    let low = 0
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.compare(this.list[middle]!, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
