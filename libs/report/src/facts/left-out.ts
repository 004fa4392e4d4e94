import type { SuiteRecord } from '@muster/model'

/** Suites without a verdict of their own, together because one reason kept them from it. */
export interface LeftOut {
  readonly kind: 'skipped' | 'aborted' | 'no-device'
  readonly reason: string
  readonly suites: readonly SuiteRecord[]
}

/** Grouped by reason, in the record's order: a halted run leaves out a hundred suites for one reason. */
export function leftOut(suites: readonly SuiteRecord[]): LeftOut[] {
  const groups = new Map<string, LeftOut & { readonly suites: SuiteRecord[] }>()
  for (const suite of suites) {
    const kind = suite.status
    if (kind !== 'skipped' && kind !== 'aborted' && kind !== 'no-device') continue
    const reason = suite.message ?? ''
    const key = `${kind} ${reason}`
    const known = groups.get(key)
    if (known) known.suites.push(suite)
    else groups.set(key, { kind, reason, suites: [suite] })
  }
  return [...groups.values()]
}
