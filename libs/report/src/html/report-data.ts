import type {
  AttemptRecord,
  BaselineComparison,
  Counts,
  Measurement,
  Origin,
  RunRecord,
  Status,
  SuiteKind,
  SuitePlan,
  UnitRecord,
} from '@muster/model'
import type { ChainLink } from '../facts/critical-chain.ts'
import type { DiffLine } from '../text/diff-lines.ts'

/** Case statuses as numbers, the index in this list: a hundred thousand cases are embedded in the page. */
export const CASE_STATUSES = ['passed', 'failed', 'skipped'] as const

/** What the page's script reads: the run record, made compact. */
export interface ReportData {
  readonly run: Omit<RunRecord, 'suites' | 'notes' | 'version'>
  /** Group titles, each the path from the outermost group; cases refer to them by index. */
  readonly groups: readonly (readonly string[])[]
  readonly files: readonly string[]
  /** Ids of the runs that results were taken over from. */
  readonly runs: readonly string[]
  readonly suites: readonly ReportSuite[]
  /** What the end of the run waited for, first to last. */
  readonly chain: readonly ChainLink[]
}

export interface ReportSuite extends Counts {
  readonly name: string
  readonly kind: SuiteKind
  readonly status: Status
  readonly troubled: boolean
  readonly message?: string
  readonly from: Origin | null
  readonly hash: string | null
  readonly durationMs: number
  readonly slow: boolean
  readonly unstable: boolean
  readonly dependsOn: readonly string[]
  readonly reproduce?: string
  readonly plan: SuitePlan | null
  readonly units: readonly UnitRecord[]
  readonly attempts: readonly ReportAttempt[]
  readonly cases: readonly CaseRow[]
  readonly measurement?: Measurement
  readonly comparisons?: readonly BaselineComparison[]
}

/** With its output, where somebody may want to read it. */
export type ReportAttempt = Omit<AttemptRecord, 'stdout' | 'stderr'> & AttemptOutput

export interface AttemptOutput {
  readonly stdout?: string
  readonly stderr?: string
}

/** `[group, title, status, durationMs, file, detail]`; `file` is -1 when unknown, `detail` mostly absent. */
export type CaseRow =
  | readonly [group: number, title: string, status: number, durationMs: number, file: number]
  | readonly [
      group: number,
      title: string,
      status: number,
      durationMs: number,
      file: number,
      detail: CaseDetail,
    ]

/** A file that a case left: an image in the page, a link to a copy beside it, or the reason why there is none. */
export interface AttachmentView {
  readonly name: string
  /** MIME type. */
  readonly type: string
  readonly size?: string
  /** A data URL. */
  readonly image?: string
  /** Relative to the page. */
  readonly path?: string
  readonly gone?: string
}

export interface CaseDetail {
  readonly message?: string
  readonly stack?: string
  readonly diff?: readonly DiffLine[]
  readonly skipReason?: string
  readonly attempts?: number
  /** Messages of failing executions before, oldest first. */
  readonly earlier?: readonly string[]
  /** Why the failure doesn't count. */
  readonly quarantined?: string
  /** The run that the result is from, an index in `runs`; -1 when unknown. */
  readonly notRerun?: number
  readonly hook?: true
  readonly attachments?: readonly AttachmentView[]
  /** Names, and values with their units. */
  readonly metrics?: readonly (readonly [name: string, value: string])[]
}
