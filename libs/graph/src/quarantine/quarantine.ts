import { DAY_MS, dayMs, type QuarantineEntry } from '@muster/model'
import type { Diagnostic } from '../diagnostic.ts'

/** The quarantine file, as far as it can be used. */
export interface Quarantine {
  /** In the order of the file; at most one for a case, and one for a suite as a whole. */
  readonly entries: readonly QuarantineEntry[]
  /** What is wrong with the file. An entry with an error protects nothing. */
  readonly diagnostics: readonly Diagnostic[]
}

/** @param nowMs since the epoch. An entry is good through the end of its last day, in UTC. */
export const isExpired = ({ until }: QuarantineEntry, nowMs: number): boolean =>
  nowMs >= dayMs(until) + DAY_MS

/** Whose failures count again: to be mended and taken out, or put in anew with a reason. */
export const expiredOf = ({ entries }: Quarantine, nowMs: number): readonly QuarantineEntry[] =>
  entries.filter((entry) => isExpired(entry, nowMs))

/** The entry that protects a test case now; one of its own before one of its suite. */
export function entryFor(
  { entries }: Quarantine,
  suite: string,
  caseName: string,
  nowMs: number,
): QuarantineEntry | undefined {
  const protecting = entries.filter(
    (entry) =>
      entry.suite === suite &&
      (entry.case === undefined || entry.case === caseName) &&
      !isExpired(entry, nowMs),
  )
  return protecting.find((entry) => entry.case !== undefined) ?? protecting[0]
}

/**
 * Why a failure of the test case doesn't count: `flaky upload (anna, until 2030-01-31)`; undefined when it does.
 * @param caseName its titles joined with ' › '
 */
export function quarantineOf(
  quarantine: Quarantine,
  suite: string,
  caseName: string,
  nowMs: number,
): { readonly reason: string } | undefined {
  const entry = entryFor(quarantine, suite, caseName, nowMs)
  return entry && { reason: `${entry.reason} (${entry.owner}, until ${entry.until})` }
}
