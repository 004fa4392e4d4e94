import type { Entry } from '../entry.ts'

/** The work of all units that haven't started, by resource: how long the run still goes on at least. */
export class Backlog {
  private work: number[] = []
  private readonly limits: readonly number[]

  constructor(limits: readonly number[]) {
    this.limits = limits
  }

  add(entry: Entry): void {
    this.change(entry, entry.estimateMs)
  }

  /** With the estimate that it was added with. */
  remove(entry: Entry): void {
    this.change(entry, -entry.estimateMs)
  }

  clear(): void {
    this.work = []
  }

  /** What hasn't started, shared out over the scarcest resource, ms. */
  get leftMs(): number {
    let longest = 0
    for (const [resource, work] of this.work.entries()) {
      longest = Math.max(longest, (work ?? 0) / this.limits[resource]!)
    }
    return longest
  }

  private change({ claim }: Entry, ms: number): void {
    for (const { resource, amount } of claim.amounts) {
      while (this.work.length <= resource) this.work.push(0)
      this.work[resource]! += amount * ms
    }
  }
}
