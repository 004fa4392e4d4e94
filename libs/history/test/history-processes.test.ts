import { deepEqual, equal } from 'node:assert/strict'
import { openHistory } from '@muster/history'
import { checkSound, checkWhole, query } from './support/check-file.ts'
import { Child } from './support/child.ts'
import { idOf } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { valueOf } from './support/value-of.ts'

describe('several processes on one history', function () {
  this.timeout(120_000)
  let folder: Scratch
  beforeEach(() => (folder = scratch()))
  afterEach(() => folder.remove())

  it('lose no run and double none, though they make the file at once and share half of the runs', async () => {
    const file = folder.path('history.db')
    // Runs 0–11, 6–17, 12–23 and 18–29: those between are ingested by two of them.
    const children = [0, 6, 12, 18].map(
      (first) => new Child('./ingesting-child.ts', [file, `${first}`, '12', 'go']),
    )
    for (const child of children) await child.heard('ready')
    for (const child of children) child.tell('go')
    for (const child of children) await child.end()
    for (const child of children) equal(child.details('ack').length, 12)

    const store = valueOf(await openHistory({ file }))
    const ids = valueOf(await store.runs({ limit: 100 })).map((run) => run.runId)
    const all = Array.from({ length: 30 }, (_, nth) => idOf(29 - nth))
    deepEqual(ids, all)
    deepEqual(valueOf(await store.counts()), {
      runs: 30,
      suites: 3,
      cases: 1200,
      suiteRuns: 90,
      caseRuns: 36_000,
    })
    await store.close()
    checkSound(file)
    checkWhole(file)
    deepEqual(query(file, 'select count(*) as n from case_run'), [{ n: 36_000 }])
  })

  it('opens the same new file many times at once within a process', async () => {
    const file = folder.path('history.db')
    const stores = await Promise.all(Array.from({ length: 8 }, () => openHistory({ file })))
    for (const store of stores) await valueOf(store).close()
    checkSound(file)
  })
})
