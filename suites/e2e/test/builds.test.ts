import assert from 'node:assert/strict'
import type { SuiteRecord } from '@muster/model'
import type { ScratchWorkspace } from '@muster/testkit'
import { NX_VERSIONS } from './support/nx-versions.ts'
import { lastRecord, nxOk, statuses } from './support/records.ts'
import { adoptMuster, createShop } from './support/shop.ts'

const ALL = ['run-many', '-t', 'test'] as const
/** The core is used as built; without its dist no test of the app can pass. */
const BUILT_CORE = {
  name: '@shop/core',
  version: '1.0.0',
  type: 'module',
  exports: './dist/index.js',
  scripts: { build: 'mkdir -p dist && cp src/index.js dist/' },
}
const DEFAULTS = {
  build: { cache: true, outputs: ['{projectRoot}/dist'] },
  test: { dependsOn: ['^build'], inputs: ['default', '^default'], outputs: ['{projectRoot}/coverage'] },
}

const startOf = ({ attempts }: SuiteRecord): number => attempts[0]?.startedAt ?? assert.fail('it did not run')

for (const nx of NX_VERSIONS) {
  describe(`an Nx ${nx} workspace whose tests need builds`, () => {
    let shop: ScratchWorkspace
    before(async () => {
      shop = await createShop(nx)
      await shop.writeJson('packages/core/package.json', BUILT_CORE)
      await shop.write('.gitignore', 'node_modules\n.nx\ndist\n')
      const nxJson = await shop.readJson<object>('nx.json')
      await shop.writeJson('nx.json', { ...nxJson, targetDefaults: DEFAULTS })
      await adoptMuster(shop)
    })
    after(() => shop.dispose())

    it('builds first, and keeps the order of suites and their evidence', async () => {
      await nxOk(shop, ALL)
      assert.ok(shop.exists('packages/core/dist/index.js'))
      const record = await lastRecord(shop)
      assert.equal(statuses(record)['unit-app'], 'passed')
      const order = record.suites.toSorted((a, b) => startOf(a) - startOf(b))
      assert.equal(order.at(-1)?.name, 'checkout')
      await nxOk(shop, ALL)
      const again = statuses(await lastRecord(shop))
      assert.deepEqual(new Set(Object.values(again)), new Set(['cached']))
    })

    it('runs no suite whose build fails', async () => {
      await shop.writeJson('packages/core/package.json', { ...BUILT_CORE, scripts: { build: 'exit 3' } })
      const { code, stdout, stderr } = await shop.nx(ALL)
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, /@shop\/core:build/)
      const after = statuses(await lastRecord(shop))
      assert.ok(!('unit-app' in after) || after['unit-app'] === 'skipped', JSON.stringify(after))
      await shop.git('checkout', '--', 'packages/core')
    })

    it('is red with the remedy when nx.json replaces what suites declare', async () => {
      const nxJson = await shop.readJson<object>('nx.json')
      await shop.writeJson('nx.json', { ...nxJson, targetDefaults: DEFAULTS })
      const { code, stdout, stderr } = await shop.nx(ALL)
      assert.notEqual(code, 0)
      const said = stdout + stderr
      assert.match(said, /targetDefaults\["test"\] in nx\.json replaces .*\(dependsOn, inputs, outputs\)/)
      assert.match(said, /add "@muster\/nx:suite": \{\} to targetDefaults/)
    })
  })
}
