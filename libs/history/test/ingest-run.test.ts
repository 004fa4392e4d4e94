import { deepEqual, equal } from 'node:assert/strict'
import { statSync } from 'node:fs'
import { openHistory } from '@muster/history'
import { connect } from '../src/sqlite/connection.ts'
import { ingestRun } from '../src/sqlite/ingest-run.ts'
import { guarded } from '../src/sqlite/sqlite-problem.ts'
import { checkSound, query } from './support/check-file.ts'
import { aCase, aRun, aSuite } from './support/records.ts'
import { scratch, type Scratch } from './support/scratch.ts'
import { errorOf, valueOf } from './support/value-of.ts'

const bigRun = (nth: number, cases: number) =>
  aRun(nth, [
    aSuite('big', { cases: Array.from({ length: cases }, (_, each) => aCase(`case number ${each}`)) }),
  ])

describe('a large run', function () {
  this.timeout(60_000)
  let folder: Scratch
  beforeEach(() => (folder = scratch()))
  afterEach(() => folder.remove())

  it('that finds no space left is a value, leaves nothing behind, and fits once there is space', async () => {
    const file = folder.path('history.db')
    await valueOf(await openHistory({ file })).close()
    const connection = connect(file, 1000)
    connection.exec('pragma max_page_count = 60')
    equal(errorOf(guarded(file, () => ingestRun(connection, bigRun(1, 20_000)))).type, 'full')
    deepEqual(query(file, 'select count(*) as n from run'), [{ n: 0 }])
    connection.exec('pragma max_page_count = 100000')
    equal(valueOf(guarded(file, () => ingestRun(connection, bigRun(1, 20_000)))), 'added')
    connection.database.close()
    checkSound(file)
  })

  it('of 100,000 cases costs its names once, and a few bytes a case in each further run', async () => {
    const file = folder.path('history.db')
    const store = valueOf(await openHistory({ file }))
    const sizes: number[] = []
    for (const nth of [1, 2]) {
      valueOf(await store.ingest(bigRun(nth, 100_000)))
      const [pages] = query(
        file,
        'select page_count * page_size as bytes from pragma_page_count, pragma_page_size',
      )
      sizes.push(Number(pages?.['bytes']))
    }
    const [first = 0, both = 0] = sizes
    equal(both - first < 2_100_000, true, `the second run took ${both - first} bytes`)
    valueOf(await store.prune({ keepRuns: 0 }))
    await store.close()
    equal(statSync(file).size < 200_000, true, `${statSync(file).size} bytes are left of a pruned history`)
  })
})
