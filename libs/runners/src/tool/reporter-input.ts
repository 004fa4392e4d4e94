import type { CaseRef } from '@muster/model'

/** What reporters are told that need no more than this. */
export interface ReporterInput {
  /** Absolute root of the workspace. */
  readonly root: string
  /** Only these are told; the tool may run more than these. */
  readonly cases?: readonly CaseRef[]
  /** Why the suite must not be split by file, as far as its arguments say. */
  readonly whole?: string
}
