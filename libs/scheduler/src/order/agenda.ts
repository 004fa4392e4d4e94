import type { Objective } from '@muster/model'
import { isWaiting, type Entry } from '../entry.ts'
import { ReadyQueue, type Lane } from '../ready/ready-queue.ts'
import { SortedList } from '../sorted-list.ts'
import type { SuiteTable } from '../suite-table.ts'
import { Backlog } from './backlog.ts'
import { measureChains } from './chains.ts'
import { compareIds } from './compare-entries.ts'
import { valueDensities } from './value-density.ts'

/**
 * Wide units must start before it is too late to find room for them: half of what is beyond one worker counts twice, all of it
 * four times. Not counting that one worker keeps short units from being urgent only because there are but two.
 */
const urgencyMs = ({ pathMs, claim, unit: { nudge = 1 } }: Entry): number =>
  (nudge * pathMs) / Math.max(1 - claim.width, 0.25)

/**
 * What waits, and the order of what is ready.
 *
 * - `makespan`: the longest path first. List scheduling by it stays within 2 - 1/m of the shortest possible
 *   (Graham 1969), and mostly within a few per cent.
 * - `feedback`: the densest value first.
 * - `balanced`: as feedback, but a unit whose path has become as long as all the work that hasn't started goes first: the
 *   end of the run would wait for it. So early on value decides, and towards the end length, which is when it matters.
 *
 * Priorities decide only between equals: a score has its priority in it already. Critical units above all others would end 10 %
 * earlier on average, all units weighed by their scores 5 % later, and with all priorities as ranks 15 % later (simulated:
 * 48 random workspaces on 8 workers); the makespan is the same.
 */
export class Agenda {
  private readonly queue = new ReadyQueue()
  private readonly backlog: Backlog
  /** Ready and not urgent (yet), the longest path first; `balanced` only. */
  private readonly calm = new SortedList<Entry>((a, b) => urgencyMs(b) - urgencyMs(a) || compareIds(a, b))
  private readonly objective: Objective
  private readonly limits: readonly number[]

  constructor(objective: Objective, limits: readonly number[]) {
    this.objective = objective
    this.limits = limits
    this.backlog = new Backlog(limits)
  }

  /** To be called when units came, or scores or estimates changed. O(n log n). */
  reorder(suites: SuiteTable): void {
    const order = measureChains(suites.all, this.limits)
    const densities = this.objective === 'makespan' ? undefined : valueDensities(order)
    const waiting = order.flatMap((suite) => suite.entries.filter(isWaiting))
    this.backlog.clear()
    for (const entry of waiting) {
      entry.key = densities?.get(entry) ?? entry.pathMs * (entry.unit.nudge ?? 1)
      entry.urgent = false
      this.backlog.add(entry)
    }
    const ready = waiting.filter(({ state }) => state.type === 'ready')
    this.queue.replaceAll(ready)
    if (this.objective === 'balanced') this.calm.replaceAll(ready)
  }

  /** It waits again, or for the first time; it isn't in the order before it is `ready`. */
  await(entry: Entry): void {
    this.backlog.add(entry)
  }

  leave(entry: Entry): void {
    this.backlog.remove(entry)
  }

  addReady(entry: Entry): void {
    this.queue.add(entry)
    if (this.objective === 'balanced' && !entry.urgent) this.calm.add(entry)
  }

  removeReady(entry: Entry): void {
    this.queue.remove(entry)
    if (this.objective === 'balanced' && !entry.urgent) this.calm.remove(entry)
  }

  /** Ready units by claim, the best first. */
  get lanes(): readonly Lane[] {
    if (this.calm.items.length > 0) this.findUrgent()
    return this.queue.lanes
  }

  private findUrgent(): void {
    const { leftMs } = this.backlog
    for (let [entry] = this.calm.items; entry && urgencyMs(entry) >= leftMs; [entry] = this.calm.items) {
      this.removeReady(entry)
      entry.urgent = true
      entry.key = urgencyMs(entry)
      this.addReady(entry)
    }
  }
}
