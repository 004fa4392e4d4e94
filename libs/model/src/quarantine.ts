/** At the workspace root, committed by the team. */
export const QUARANTINE_FILE = 'muster-quarantine.json'

/** A test case, or all of a suite, whose failures don't count for a while. Days are in UTC: "2030-01-31". */
export interface QuarantineEntry {
  readonly suite: string
  /** Full name; all cases of the suite without it. */
  readonly case?: string
  readonly owner: string
  readonly reason: string
  /** The last day on which it protects. */
  readonly until: string
  readonly added: string
}

/** A quarantine is no grave: what needs longer has to be looked at again before. */
export const LONGEST_QUARANTINE_DAYS = 180
