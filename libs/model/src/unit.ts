import type { SuiteId, UnitId } from './ids.ts'

/** Test cases of a suite, by file and full path of titles. */
export interface CaseRef {
  readonly file?: string
  readonly path: readonly string[]
}

/** Which part of a suite a unit runs; without it, all of it. */
export interface UnitPart {
  /** Workspace-relative test files, in running order. */
  readonly files?: readonly string[]
  /** Only these cases; those of other files aren't loaded. */
  readonly cases?: readonly CaseRef[]
}

/** What one worker runs at a time: a suite or a shard of it. */
export interface WorkUnit {
  readonly id: UnitId
  readonly suite: SuiteId
  readonly part: UnitPart
  /** 1-based, when the suite is split. */
  readonly shard?: { readonly index: number; readonly of: number }
  readonly estimateMs: number
}
