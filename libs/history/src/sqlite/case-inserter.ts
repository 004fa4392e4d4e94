import { caseName, isQuarantinedFailure, type TestCase } from '@muster/model'
import { MESSAGE_LIMIT } from '../history-store.ts'
import { sqlText } from '../sql-text.ts'
import { bulkInsert } from './bulk-insert.ts'
import { caseStatusCode } from './case-status.ts'
import type { Connection } from './connection.ts'
import { textDictionary } from './text-dictionary.ts'

/** Path of the cases whose result format doesn't say a file: NULL would never equal itself in a unique key. */
export const NO_FILE = ''

export interface CaseInserter {
  /** The cases of one suite run. */
  add(suiteRun: number, suiteId: number, cases: readonly TestCase[]): void
  /** To be called once, after the last suite: rows are written in bulk across suites. */
  flush(): void
}

/** Inside a transaction of the caller. */
export function caseInserter(connection: Connection): CaseInserter {
  const files = textDictionary(connection, 'test_file', 'path')
  const idsOf = caseIds(connection)
  const names = bulkInsert(connection, 'test_case', 4)
  const results = bulkInsert(connection, 'case_run', 9)
  let nextId = connection.number('select coalesce(max(id), 0) from test_case') + 1

  function add(suiteRun: number, suiteId: number, cases: readonly TestCase[]): void {
    if (cases.length === 0) return
    const ids = idsOf(suiteId)
    const seen = new Map<number, number>()
    for (const testCase of cases) {
      const file = files(sqlText(testCase.file ?? NO_FILE))
      const name = sqlText(caseName(testCase))
      const key = nameKey(file, name)
      let id = ids.get(key)
      if (id === undefined) {
        id = nextId++
        ids.set(key, id)
        names.add([id, suiteId, name, file])
      }
      const nth = seen.get(id) ?? 0
      seen.set(id, nth + 1)
      results.add([
        suiteRun,
        id,
        nth,
        caseStatusCode(testCase.status),
        testCase.durationMs,
        testCase.attempts ?? 1,
        testCase.hook ? 1 : 0,
        messageOf(testCase),
        isQuarantinedFailure(testCase) ? 1 : 0,
      ])
    }
  }
  function flush(): void {
    names.flush()
    results.flush()
  }
  return { add, flush }
}

/** Of a pass after a failure, what it failed with last. */
function messageOf({ error, earlierErrors }: TestCase): string | null {
  const { message } = error ?? earlierErrors?.at(-1) ?? {}
  return message === undefined ? null : sqlText(message.slice(0, MESSAGE_LIMIT))
}

/**
 * The known cases of a suite, to be added to. One scan is three times faster than a look-up for each of 100,000
 * cases. Kept by suite: of one that comes twice in a run, the first one's names may not be written yet.
 */
function caseIds(connection: Connection): (suiteId: number) => Map<string, number> {
  const select = connection.prepare('select id, name, file from test_case where suite = ?')
  const known = new Map<number, Map<string, number>>()
  return (suiteId) => {
    let ids = known.get(suiteId)
    if (!ids) {
      const rows = select.all([suiteId]) as { id: number; name: string; file: number }[]
      ids = new Map(rows.map((row) => [nameKey(row.file, row.name), row.id]))
      known.set(suiteId, ids)
    }
    return ids
  }
}

const nameKey = (file: number, name: string): string => `${file} ${name}`
