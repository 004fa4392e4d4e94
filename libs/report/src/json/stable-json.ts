/** The order in which readers expect the record's fields; others follow by name. */
const ORDER = [
  'version',
  'runId',
  'workspace',
  'command',
  'muster',
  'node',
  'platform',
  'workers',
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
  'durationMs',
  'slow',
  'path',
  'file',
  'error',
  'notes',
  'suites',
]
const RANKS = new Map(ORDER.map((key, index) => [key, index]))
const rank = (key: string): number => RANKS.get(key) ?? (key === 'cases' ? ORDER.length + 1 : ORDER.length)

/** JSON with the same key order whatever way the value was built, so that two runs can be compared as text. */
export const stableJson = (value: unknown): string => `${JSON.stringify(ordered(value))}\n`

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]))
}
