import type { Counts, Origin, RunRecord, Status, SuiteKind } from '@muster/model'
import type { DiffLine } from '../text/diff-lines.ts'

/** Case statuses as numbers, the index in this list: a hundred thousand cases are embedded in the page. */
export const CASE_STATUSES = ['passed', 'failed', 'skipped'] as const

/** What the page's script reads: the run record, made compact. */
export interface ReportData {
  readonly run: Omit<RunRecord, 'suites' | 'notes' | 'version'>
  /** Group titles, each the path from the outermost group; cases refer to them by index. */
  readonly groups: readonly (readonly string[])[]
  readonly files: readonly string[]
  readonly suites: readonly ReportSuite[]
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
  readonly dependsOn: readonly string[]
  readonly reproduce?: string
  readonly stdout?: string
  readonly stderr?: string
  readonly attempts: RunRecord['suites'][number]['attempts']
  readonly cases: readonly CaseRow[]
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

export interface CaseDetail {
  readonly message?: string
  readonly stack?: string
  readonly diff?: readonly DiffLine[]
  readonly skipReason?: string
  readonly attempts?: number
  readonly hook?: true
}
