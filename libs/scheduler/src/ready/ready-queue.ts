import type { Entry } from '../entry.ts'
import { compareEntries } from '../order/compare-entries.ts'
import { SortedList } from '../sorted-list.ts'

/** Ready units that take the same of the machine, worst first: where the best doesn't fit, the others needn't be asked. */
export interface Lane {
  readonly entries: SortedList<Entry>
}

const worstFirst = (a: Entry, b: Entry): number => compareEntries(b, a)

export const bestOf = ({ entries }: Lane): Entry => entries.items[entries.items.length - 1]!

/** Ready units in their order, by lane. */
export class ReadyQueue {
  private readonly byKey = new Map<string, Lane>()
  /** Lanes that hold something, by their best. */
  private readonly order = new SortedList<Lane>((a, b) => compareEntries(bestOf(a), bestOf(b)))

  /** Best first. */
  get lanes(): readonly Lane[] {
    return this.order.items
  }

  add(entry: Entry): void {
    const lane = this.laneOf(entry.claim.lane)
    this.change(lane, () => lane.entries.add(entry))
  }

  /** To be called before anything that its order depends on changes. */
  remove(entry: Entry): void {
    const lane = this.laneOf(entry.claim.lane)
    this.change(lane, () => lane.entries.remove(entry))
  }

  replaceAll(entries: Iterable<Entry>): void {
    const groups = new Map<Lane, Entry[]>()
    for (const entry of entries) {
      const lane = this.laneOf(entry.claim.lane)
      const group = groups.get(lane)
      if (group) group.push(entry)
      else groups.set(lane, [entry])
    }
    for (const lane of this.byKey.values()) lane.entries.replaceAll(groups.get(lane) ?? [])
    this.order.replaceAll(groups.keys())
  }

  private laneOf(key: string): Lane {
    const known = this.byKey.get(key)
    if (known) return known
    const lane = { entries: new SortedList(worstFirst) }
    this.byKey.set(key, lane)
    return lane
  }

  private change(lane: Lane, act: () => void): void {
    if (lane.entries.items.length > 0) this.order.remove(lane)
    act()
    if (lane.entries.items.length > 0) this.order.add(lane)
  }
}
