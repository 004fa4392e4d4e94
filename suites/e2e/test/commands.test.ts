import assert from 'node:assert/strict'
import type { ScratchWorkspace } from '@muster/testkit'
import { lastRecord, musterOk, statuses } from './support/records.ts'
import { adoptMuster, createShop } from './support/shop.ts'

/** With one version: what depends on Nx is in adoption. */
describe('the muster command', () => {
  let shop: ScratchWorkspace
  before(async () => {
    shop = await createShop('23.3')
    await adoptMuster(shop)
    await musterOk(shop, ['run', '--suites', 'unit', '--workers', '2'])
  })
  after(() => shop.dispose())

  it('run runs what was asked for, on as many workers', async () => {
    const record = await lastRecord(shop)
    assert.deepEqual(statuses(record), {
      'unit-app': 'passed',
      'unit-core': 'passed',
      'unit-legacy': 'passed',
      'unit-typed': 'passed',
    })
    assert.equal(record.workers, 2)
    assert.equal(record.command, 'muster run --suites unit --workers 2')
  })

  it('run answers from the cache, whatever NX_DAEMON says', async () => {
    const { code, stdout, stderr } = await shop.muster(['run', '--suites', 'unit'], {
      env: { NX_DAEMON: 'true' },
    })
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, /^Tests: 4 passed, 0 failed, 0 skipped$/m)
  })

  it('plan shows the order: what starts when, and after what', async () => {
    const plan = await musterOk(shop, ['plan', '--workers', '2'])
    assert.match(plan, /^Phase 1: .*unit-core/m)
    assert.match(plan, /^Phase 2: .*checkout/m)
    assert.match(plan, /\d+\.\d+s +[12] +\d+ +checkout +\d+ +(?:\d+ MiB +)?unit-\w+ \(dependsOn\)$/m)
    assert.match(plan, /No order can be faster than \d+\.\d+s/)
  })

  it('why names the changed file', async () => {
    assert.match(await musterOk(shop, ['why', 'unit-core']), /nothing has changed since/)
    await shop.write('packages/core/src/index.js', 'export const add = (a, b) => b + a\n')
    assert.match(await musterOk(shop, ['why', 'unit-core']), /changed +packages\/core\/src\/index\.js/)
  })

  it('run exits 1 when a test fails; replay and report show the run again', async () => {
    await shop.write('packages/core/src/index.js', 'export const add = (a, b) => a - b\n')
    const { code, stdout } = await shop.muster(['run', '--suites', 'unit-core'])
    assert.equal(code, 1)
    assert.match(stdout, /add › works/)
    const replayed = await musterOk(shop, ['replay'])
    assert.match(replayed, /add › works/)
    assert.match(replayed, /^Tests: 0 passed, 1 failed, 0 skipped$/m)
    await shop.remove('reports')
    assert.match(await musterOk(shop, ['report']), /^Tests: 0 passed, 1 failed, 0 skipped$/m)
    assert.ok(shop.exists('reports/latest/index.html'))
  })

  it('run exits 2 for a suite that does not exist, and suggests one', async () => {
    const { code, stderr } = await shop.muster(['run', '--suites', 'unit-coer'])
    assert.equal(code, 2)
    assert.match(stderr, /no suite matches "unit-coer"; did you mean "unit-core"\?/)
  })

  it('history lists the runs', async () => {
    const [header, newest, ...older] = (await musterOk(shop, ['history'])).trim().split('\n')
    assert.match(header ?? '', /^RUN +VERDICT/)
    assert.match(newest ?? '', / failed .*muster run --suites unit-core$/)
    assert.equal(older.length, 2)
  })

  it('doctor finds nothing to mend', async () => {
    assert.match(await musterOk(shop, ['doctor']), /\d+ fine, 0 to look at, 0 to mend/)
  })

  it('says with --enable-source-maps which source a stack trace is from', async () => {
    await shop.write('break.mjs', "import { closest } from '@muster/graph'\nclosest(null, ['a'])\n")
    const { stderr } = await shop.run([process.execPath, '--enable-source-maps', 'break.mjs'])
    assert.match(stderr, /at .*closest.* \(.*@muster\/graph\/src\/[\w/-]+\.ts:\d+:\d+\)/)
  })
})
