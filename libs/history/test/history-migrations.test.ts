import { deepEqual, equal, match } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { openHistory } from '@muster/history'
import Database from 'libsql'
import { checkSound, query } from './support/check-file.ts'
import { Child } from './support/child.ts'
import { aRun, aSuite, idOf } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

function makeVersion1(file: string): void {
  const database = new Database(file)
  database.exec(readFileSync(new URL('./fixtures/history-v1.sql', import.meta.url), 'utf8'))
  database.close()
}

const tables = (file: string): string[] =>
  query(file, 'select sql from sqlite_master where sql is not null order by type, name').map((row) =>
    String(row['sql']).replaceAll(/\s+/g, ' ').toLowerCase(),
  )

describe('migrations', () => {
  let folder: Scratch
  beforeEach(() => (folder = scratch()))
  afterEach(() => folder.remove())

  it('bring a history of version 1 up to date and keep all that is in it', async () => {
    const file = folder.path('history.db')
    makeVersion1(file)
    const store = valueOf(await openHistory({ file }))
    const runs = valueOf(await store.runs({ limit: 10 }))
    deepEqual(
      runs.map(({ runId, verdict, machine, utilisation }) => [runId, verdict, machine, utilisation]),
      [
        [idOf(2), 'passed', '', null],
        [idOf(1), 'failed', '', null],
      ],
    )
    const entries = valueOf(await store.caseHistory('@shop/cart', "group › doesn't break", { limit: 10 }))
    deepEqual(
      entries.map(({ status, message }) => [status, message]),
      [
        ['passed', null],
        ['failed', 'expected 1, got 2'],
      ],
    )
    const [newest] = valueOf(await store.suiteHistory('@shop/cart', { limit: 1 }))
    deepEqual([newest?.units, newest?.attempts, newest?.cpuMs, newest?.estimateMs], [1, 1, null, null])
    deepEqual(
      valueOf(await store.flaky({ sinceMs: 0, limit: 9 })).map(({ caseName, events }) => [caseName, events]),
      [["group › doesn't break", 1]],
    )
    deepEqual(valueOf(await store.counts()), { runs: 2, suites: 2, cases: 5, suiteRuns: 4, caseRuns: 7 })
    equal(valueOf(await store.ingest(aRun(3, [aSuite('shipping')]))), 'added')
    deepEqual(valueOf(await store.prune({ keepRuns: 1 })), { removed: 2 })
    await store.close()
    checkSound(file)
  })

  it('lead to the same tables from version 1 as from nothing', async () => {
    const old = folder.path('old.db')
    makeVersion1(old)
    for (const file of [old, folder.path('new.db')]) await valueOf(await openHistory({ file })).close()
    deepEqual(tables(old), tables(folder.path('new.db')))
  })

  it('happen once when several processes open an old history at the same time', async function () {
    this.timeout(60_000)
    const file = folder.path('history.db')
    makeVersion1(file)
    const children = [10, 11, 12].map(
      (first) => new Child('./ingesting-child.ts', [file, `${first}`, '1', 'never']),
    )
    for (const child of children) await child.end()
    const store = valueOf(await openHistory({ file }))
    equal(valueOf(await store.counts()).runs, 5)
    await store.close()
    deepEqual(query(file, 'select name from kysely_migration order by name'), [
      { name: '0001-runs' },
      { name: '0002-pruned-runs' },
      { name: '0003-units' },
      { name: '0004-metrics' },
    ])
  })

  it('leave the history of a newer Muster alone', async () => {
    const file = folder.path('history.db')
    await valueOf(await openHistory({ file })).close()
    query(file, 'pragma user_version = 99')
    const before = readFileSync(file)
    const problem = errorOf(await openHistory({ file }))
    equal(problem.type, 'newer')
    match(problem.message, /history\.db has schema version 99/)
    deepEqual(readFileSync(file), before)
  })
})
