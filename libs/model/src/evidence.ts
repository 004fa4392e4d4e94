import type { CoverageSummary } from './coverage.ts'
import type { RunId, SuiteId } from './ids.ts'
import type { Measurement } from './measurement.ts'
import type { SuiteKind } from './suite.ts'
import type { Counts } from './test-case.ts'

export const EVIDENCE_VERSION = 2

/**
 * What a passed suite leaves in its task's outputs, so that a cache hit brings back its test cases.
 * The first line of `evidence.ndjson` is this header, each further line one test case. Only passes are evidence
 * worth caching; the header vouches for the rest by number and hash, so a torn or touched file is seen.
 */
export interface Evidence {
  readonly version: typeof EVIDENCE_VERSION
  readonly suite: SuiteId
  readonly kind: SuiteKind
  /** The run that really executed it, and when (milliseconds since the epoch). */
  readonly runId: RunId
  readonly at: number
  /** Nx's task hash when it was known. */
  readonly hash: string | null
  readonly durationMs: number
  readonly counts: Counts
  /**
   * Why a cache's copy of it isn't believed: a pass after a failure, failures in quarantine, only a part of the tests.
   * What must not be believed is written all the same: without evidence nobody could say why it runs again.
   */
  readonly unclean?: string
  /** Of a suite that measures. */
  readonly measurement?: Measurement
  /** Of the lines behind the header, lower-case hex. */
  readonly casesSha256: string
  /**
   * Of `coverage.json.gz` beside it. Null when the suite collects coverage and this run was told not to: for a run
   * that wants coverage such evidence is no answer.
   */
  readonly coverage?: (CoverageSummary & { readonly sha256: string }) | null
}

export const EVIDENCE_FILE = 'evidence.ndjson'
export const COVERAGE_FILE = 'coverage.json.gz'

/** A suite's name as a folder name: scoped npm names hold a slash. */
export const suiteFolder = (suite: string): string => suite.replaceAll('/', '__')

/** Workspace-relative folder of a suite's evidence; it is the target's declared output. */
export const evidenceDir = (suite: string): string => `.muster/evidence/${suiteFolder(suite)}`
