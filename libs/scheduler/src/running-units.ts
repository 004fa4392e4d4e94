import type { UnitId } from '@muster/model'
import type { Entry } from './entry.ts'
import { compareIds } from './order/compare-entries.ts'
import type { Machine } from './resources/machine.ts'
import { SortedList } from './sorted-list.ts'

/** What a unit that outlived its estimate is expected to take, as a multiple of what it has taken. */
const OVERRUN = 1.5

/** What runs, in which slot, with which part of the machine, and when it is expected to end. */
export class RunningUnits {
  private readonly list = new SortedList<Entry>((a, b) => a.endMs - b.endMs || compareIds(a, b))
  private readonly freeSlots = new SortedList<number>((a, b) => a - b)
  private readonly machine: Machine

  constructor(machine: Machine) {
    this.machine = machine
    this.freeSlots.replaceAll(Array.from({ length: machine.limits[0]! }, (_, slot) => slot))
  }

  /** By expected end, the earliest first. */
  get byEnd(): readonly Entry[] {
    return this.list.items
  }

  /** @returns its slot */
  start(entry: Entry, nowMs: number): number {
    const slot = this.freeSlots.removeFirst()
    if (slot === undefined || !this.machine.fits(entry.claim))
      throw new Error(`no room to start ${entry.unit.id}`)
    this.machine.take(entry.claim)
    entry.state = { type: 'running', slot, startMs: nowMs }
    entry.endMs = nowMs + entry.estimateMs
    entry.passes = 0
    this.list.add(entry)
    return slot
  }

  /** Frees what it had; its next state is the caller's to set. @throws when it doesn't run */
  end(entry: Entry | undefined, id: UnitId): Entry {
    if (entry?.state.type !== 'running') throw new Error(`${id} ended but was not running`)
    this.list.remove(entry)
    this.machine.give(entry.claim)
    this.freeSlots.add(entry.state.slot)
    return entry
  }

  /** Changes an entry's estimate, and with it the expected end if it runs. */
  reestimate(entry: Entry, estimateMs: number): void {
    const { state } = entry
    if (state.type === 'running') this.list.remove(entry)
    entry.estimateMs = estimateMs
    if (state.type !== 'running') return
    entry.endMs = state.startMs + estimateMs
    this.list.add(entry)
  }

  /**
   * What should have ended is expected to go on for half of the time it has taken. It must be later than now: else
   * everything that waits for it would be kept free for, however long it goes on.
   */
  expectLonger(nowMs: number): void {
    for (let [first] = this.list.items; first && first.endMs < nowMs; [first] = this.list.items) {
      if (first.state.type !== 'running') throw new Error(`${first.unit.id} is not running`)
      this.list.remove(first)
      first.endMs = first.state.startMs + OVERRUN * (nowMs - first.state.startMs)
      this.list.add(first)
    }
  }
}
