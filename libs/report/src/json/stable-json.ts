/** The order in which readers expect the record's fields; others come before the long lists at the end, by name. */
const ORDER = [
  'version',
  'runId',
  'workspace',
  'command',
  'muster',
  'node',
  'platform',
  'workers',
  'machine',
  'objective',
  'startedAt',
  'finishedAt',
  'complete',
  'verdict',
  'name',
  'kind',
  'status',
  'message',
  'cached',
  'from',
  'hash',
  'totals',
  'tests',
  'passed',
  'failed',
  'skipped',
  'flaky',
  'quarantined',
  'notRerun',
  'durationMs',
  'slow',
  'path',
  'file',
  'error',
  'notes',
  'suites',
  'cases',
]
const RANKS = new Map(ORDER.map((key, index) => [key, index]))
const OTHERS = ORDER.indexOf('notes') - 0.5
const rank = (key: string): number => RANKS.get(key) ?? OTHERS

/** JSON with the same key order whatever way the value was built, so that two runs can be compared as text. */
export const stableJson = (value: unknown): string => `${JSON.stringify(ordered(value))}\n`

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]))
}
