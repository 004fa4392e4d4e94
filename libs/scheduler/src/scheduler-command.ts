import type { SuiteId, UnitId } from '@muster/model'

/** What is to be done now, in this order. */
export type SchedulerCommand =
  /** Slots are numbered from 0; the lowest free one is taken. */
  | { readonly type: 'start'; readonly unit: UnitId; readonly slot: number }
  /** The unit's one answer: it is never started (again). `reason` is for people. */
  | { readonly type: 'skip'; readonly unit: UnitId; readonly suite: SuiteId; readonly reason: string }
  /** To be ended early; its answer is still `finished`. */
  | { readonly type: 'stop'; readonly unit: UnitId; readonly reason: string }
