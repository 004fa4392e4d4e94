import { deepEqual, equal } from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { openHistory, syncHistory, type HistoryStore, type SyncReport } from '@muster/history'
import type { RunRecord } from '@muster/model'
import { aRun, aSuite, idOf, START } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

const HOUR = 3_600_000

describe('syncHistory', () => {
  let folder: Scratch
  let store: HistoryStore
  let journals: Map<string, RunRecord>
  let read: string[]
  beforeEach(async () => {
    folder = scratch()
    store = valueOf(await openHistory({ file: folder.path('history.db') }))
    journals = new Map()
    read = []
  })
  afterEach(async () => {
    await store.close()
    folder.remove()
  })

  function journal(record: RunRecord, id = record.runId): void {
    mkdirSync(folder.path(`runs/${id}`), { recursive: true })
    journals.set(id, record)
  }
  async function readRecord(id: string): Promise<RunRecord | undefined> {
    read.push(id)
    return journals.get(id)
  }
  const sync = async (now = START): Promise<SyncReport> =>
    valueOf(await syncHistory(store, folder.path('runs'), readRecord, { now }))

  it('reads in what the history lacks, oldest first, and that once', async () => {
    for (const nth of [2, 1, 3]) journal(aRun(nth, [aSuite('a')]))
    valueOf(await store.ingest(aRun(2, [aSuite('a')])))
    deepEqual(await sync(), { ingested: [idOf(1), idOf(3)], unreadable: [] })
    deepEqual(await sync(), { ingested: [], unreadable: [] })
    deepEqual(read, [idOf(1), idOf(3)])
    equal(valueOf(await store.counts()).runs, 3)
  })

  it('makes nothing of a folder of runs that is not there, and of what is no run', async () => {
    deepEqual(await sync(), { ingested: [], unreadable: [] })
    mkdirSync(folder.path('runs/latest'), { recursive: true })
    writeFileSync(folder.path(`runs/${idOf(1)}`), 'a file')
    deepEqual(await sync(), { ingested: [], unreadable: [] })
    deepEqual(read, [])
  })

  it('says which journals it could not read, and goes on', async () => {
    mkdirSync(folder.path(`runs/${idOf(1)}`), { recursive: true })
    journal(aRun(2, [], { runId: '' }), idOf(2))
    journal(aRun(3, []))
    deepEqual(await sync(), { ingested: [idOf(3)], unreadable: [idOf(1), idOf(2)] })
  })

  it('reads an incomplete run again until it is complete or a day old', async () => {
    journal(aRun(1, [], { complete: false }))
    await sync()
    deepEqual((await sync(START + 23 * HOUR)).ingested, [idOf(1)])
    deepEqual((await sync(START + 25 * HOUR)).ingested, [])
    journal(aRun(1, [aSuite('a')]))
    deepEqual((await sync()).ingested, [idOf(1)])
    deepEqual((await sync()).ingested, [])
    equal(valueOf(await store.suiteHistory('a', { limit: 1 })).length, 1)
  })

  it('does not bring back runs that were pruned, whose journals are still there', async () => {
    for (const nth of [1, 2, 3]) journal(aRun(nth, [aSuite('a')]))
    await sync()
    valueOf(await store.prune({ keepRuns: 1 }))
    deepEqual((await sync()).ingested, [])
    equal(valueOf(await store.counts()).runs, 1)
  })

  it('says when the folder of runs is none', async () => {
    writeFileSync(folder.path('runs'), '')
    const result = await syncHistory(store, folder.path('runs'), async () => undefined)
    equal(errorOf(result).type, 'inaccessible')
  })
})
