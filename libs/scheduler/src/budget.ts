import type { Entry } from './entry.ts'
import { inWords } from './in-words.ts'
import { compareIds } from './order/compare-entries.ts'
import { SortedList } from './sorted-list.ts'

/** How long the run may take, and which of the waiting units no longer fit into what is left. */
export class Budget {
  /** In the run's time. */
  readonly endMs: number
  /** Waiting units, the longest last. */
  private readonly waiting = new SortedList<Entry>((a, b) => a.estimateMs - b.estimateMs || compareIds(a, b))

  constructor(endMs: number) {
    this.endMs = endMs
  }

  add(entry: Entry): void {
    this.waiting.add(entry)
  }

  /** With the estimate that it was added with. */
  remove(entry: Entry): void {
    this.waiting.remove(entry)
  }

  replaceAll(waiting: Iterable<Entry>): void {
    this.waiting.replaceAll(waiting)
  }

  isSpent(nowMs: number): boolean {
    return nowMs >= this.endMs
  }

  /** A unit that wouldn't be done in time even if it started now; no end of another could make room for it. */
  tooLong(nowMs: number): Entry | undefined {
    const longest = this.waiting.items.at(-1)
    return longest && nowMs + longest.estimateMs > this.endMs ? longest : undefined
  }

  whyNot({ estimateMs }: Entry, nowMs: number): string {
    const left = inWords(Math.max(0, this.endMs - nowMs))
    return `the time budget of ${inWords(this.endMs)} leaves no room (needs about ${inWords(estimateMs)}, ${left} are left)`
  }

  get whySpent(): string {
    return `the time budget of ${inWords(this.endMs)} is spent`
  }
}
