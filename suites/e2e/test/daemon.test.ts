import assert from 'node:assert/strict'
import type { ScratchWorkspace } from '@muster/testkit'
import { lastRecord, nxOk, statuses } from './support/records.ts'
import { adoptMuster, createShop } from './support/shop.ts'

const ALL = ['run-many', '-t', 'test'] as const

/** With the daemon the post-run hook runs in there, and what it prints is lost. */
describe('with Nx’s daemon', () => {
  const env = { NX_DAEMON: 'true' }
  let shop: ScratchWorkspace
  before(async () => {
    shop = await createShop('23.3')
    await adoptMuster(shop)
  })
  after(async () => {
    await shop.nx(['daemon', '--stop'], { env })
    await shop.dispose()
  })

  it('shows the counts, and writes the report', async () => {
    const said = await nxOk(shop, ALL, { env })
    assert.match(said, /^Suites: 5 passed, 0 failed, 0 skipped\r?\nTests: 5 passed, 0 failed, 0 skipped$/m)
    assert.equal((await lastRecord(shop)).totals.passed, 5)
    assert.match((await shop.nx(['daemon'], { env })).stdout, /currently running/)
  })

  it('reports what comes from the cache', async () => {
    await nxOk(shop, ALL, { env })
    assert.deepEqual(new Set(Object.values(statuses(await lastRecord(shop)))), new Set(['cached']))
  })

  it('sees a change at once, and says what failed', async () => {
    await shop.write('packages/core/src/index.js', 'export const add = (a, b) => a - b\n')
    const { code, stdout, stderr } = await shop.nx(['affected', '-t', 'test', '--base=HEAD'], { env })
    assert.notEqual(code, 0)
    assert.match(stdout + stderr, /add › works/)
    assert.match(stdout, /^Suites: 0 passed, 2 failed, 1 skipped$/m)
    assert.equal((await lastRecord(shop)).verdict, 'failed')
  })
})
