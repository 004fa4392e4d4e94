import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { exportHistory, importHistory, openHistory, type HistoryStore } from '@muster/history'
import * as fc from 'fast-check'
import { arbitraryRecord, SUITES } from './support/arbitrary-record.ts'
import { aRun, aSuite, idOf } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

describe('exchange of histories', () => {
  let folder: Scratch
  let stores: HistoryStore[]
  beforeEach(() => {
    folder = scratch()
    stores = []
  })
  afterEach(async () => {
    for (const store of stores) await store.close()
    folder.remove()
  })

  async function open(name: string): Promise<HistoryStore> {
    const store = valueOf(await openHistory({ file: folder.path(name) }))
    stores.push(store)
    return store
  }
  const exported = async (store: HistoryStore, name: string): Promise<string> => {
    valueOf(await exportHistory(store, folder.path(name)))
    return readFileSync(folder.path(name), 'utf8')
  }

  it('gives another history the same answers, however it came about', async function () {
    this.timeout(60_000)
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRecord, { maxLength: 8 }), async (records) => {
        round++
        const here = await open(`here-${round}.db`)
        const there = await open(`there-${round}.db`)
        for (const record of records) valueOf(await here.ingest(record))
        const first = await exported(here, 'first.ndjson')
        const { added, known } = valueOf(await importHistory(there, folder.path('first.ndjson')))
        deepEqual([added, known], [valueOf(await here.counts()).runs, 0])
        for (const ask of [
          (store: HistoryStore) => store.runs({ limit: 99 }),
          (store: HistoryStore) => store.flaky({ sinceMs: 0, limit: 99 }),
          (store: HistoryStore) => store.durationsOf(SUITES, { limit: 99 }),
          ...SUITES.map((suite) => (store: HistoryStore) => store.suiteHistory(suite, { limit: 99 })),
          ...SUITES.map((suite) => (store: HistoryStore) => store.suiteResults(suite, { limit: 99 })),
        ])
          deepEqual(await ask(there), await ask(here))
        equal(await exported(there, 'second.ndjson'), first)
      }),
      { numRuns: 20 },
    )
  })

  it('merges several machines, and is the same when done again', async () => {
    const [one, two, all] = [await open('one.db'), await open('two.db'), await open('all.db')]
    for (const nth of [1, 2]) valueOf(await one.ingest(aRun(nth, [aSuite('a')])))
    for (const nth of [2, 3]) valueOf(await two.ingest(aRun(nth, [aSuite('a')])))
    await exported(one, 'one.ndjson')
    await exported(two, 'two.ndjson')
    const report = async (name: string) => valueOf(await importHistory(all, folder.path(name)))
    deepEqual(await report('one.ndjson'), { added: 2, known: 0 })
    deepEqual(await report('two.ndjson'), { added: 1, known: 1 })
    deepEqual(await report('two.ndjson'), { added: 0, known: 2 })
    equal(valueOf(await all.counts()).runs, 3)
  })

  it('completes a run, and never cuts one off', async () => {
    const [begun, whole] = [await open('begun.db'), await open('whole.db')]
    valueOf(await begun.ingest(aRun(1, [], { complete: false })))
    valueOf(await whole.ingest(aRun(1, [aSuite('a')])))
    await exported(begun, 'begun.ndjson')
    await exported(whole, 'whole.ndjson')
    deepEqual(valueOf(await importHistory(whole, folder.path('begun.ndjson'))), { added: 0, known: 1 })
    deepEqual(valueOf(await importHistory(begun, folder.path('whole.ndjson'))), { added: 1, known: 0 })
    equal(valueOf(await begun.suiteHistory('a', { limit: 1 })).length, 1)
    equal(valueOf(await whole.suiteHistory('a', { limit: 1 })).length, 1)
  })

  it('brings back what was pruned', async () => {
    const store = await open('a.db')
    valueOf(await store.ingest(aRun(1, [aSuite('a')])))
    await exported(store, 'a.ndjson')
    valueOf(await store.prune({ keepRuns: 0 }))
    deepEqual(valueOf(await importHistory(store, folder.path('a.ndjson'))), { added: 1, known: 0 })
  })

  it('takes in run.json files put together, blank lines between them', async () => {
    const store = await open('a.db')
    writeFileSync(folder.path('runs.ndjson'), `\n${JSON.stringify(aRun(1, [aSuite('a')]))}\r\n\n`)
    deepEqual(valueOf(await importHistory(store, folder.path('runs.ndjson'))), { added: 1, known: 0 })
    deepEqual(
      valueOf(await store.runs({ limit: 9 })).map(({ runId }) => runId),
      [idOf(1)],
    )
  })

  const wrong: [string, RegExp][] = [
    ['{"version"', /:2 holds no run record: .*JSON/],
    ['{"version": 1}', /:2 holds no run record: it is of version 1, this Muster reads version \d+$/],
    [JSON.stringify({ ...aRun(2, []), workers: -1 }), /:2 holds no run record: workers: /],
    ['null', /:2 holds no run record/],
  ]
  for (const [line, expected] of wrong) {
    it(`says where ${line.slice(0, 20)} is no record, and keeps what came before`, async () => {
      const store = await open('a.db')
      writeFileSync(folder.path('a.ndjson'), `${JSON.stringify(aRun(1, []))}\n${line}\n`)
      const problem = errorOf(await importHistory(store, folder.path('a.ndjson')))
      equal(problem.type, 'not-a-record')
      match(problem.message, expected)
      equal(valueOf(await store.counts()).runs, 1)
    })
  }

  it('can not read what is not there, nor write where it may not', async () => {
    const store = await open('a.db')
    equal(errorOf(await importHistory(store, folder.path('no.ndjson'))).type, 'inaccessible')
    mkdirSync(folder.path('dir'))
    equal(errorOf(await exportHistory(store, folder.path('dir'))).type, 'inaccessible')
    equal(errorOf(await exportHistory(store, folder.path('no/where.ndjson'))).type, 'inaccessible')
    ok(!readdirSync(folder.dir).some((name) => name.endsWith('.partial')))
  })
})
