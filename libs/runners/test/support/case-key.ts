import type { TestCase } from '@muster/model'

/** What a case is and how it ended, without what differs from run to run. */
export const caseKey = ({ path, file, status, error, hook }: TestCase): string =>
  JSON.stringify([file ?? null, path, status, error?.message ?? null, hook ?? false])

/** A multiset in one order. */
export const caseKeys = (cases: readonly TestCase[]): string[] => cases.map(caseKey).sort()
