import assert from 'node:assert/strict'
import type { SuiteRecord } from '@muster/model'
import type { ScratchWorkspace } from '@muster/testkit'
import { lastRecord, musterOk, nxOk, statuses } from './records.ts'
import { adoptMuster, createShop } from './shop.ts'

const ALL = ['run-many', '-t', 'test'] as const
const AFFECTED = ['affected', '-t', 'test', '--base=HEAD'] as const
const SUITES = ['checkout', 'unit-app', 'unit-core', 'unit-legacy', 'unit-typed']

/** What a program sends to get the whole screen to itself. */
const FULL_SCREEN = '\u001b[?1049h'

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

const each = (status: string): Record<string, string> =>
  Object.fromEntries(SUITES.map((suite) => [suite, status]))

const startOf = ({ attempts }: SuiteRecord): number => attempts[0]?.startedAt ?? assert.fail('it did not run')

/**
 * What has to work with each version of Nx: the steps of one workspace's life, in order; each goes on from where the
 * one before left it.
 * @param nx an npm range: `22.7`
 */
export function describeAdoption(nx: string): void {
  describe(`an Nx ${nx} workspace adopts Muster`, () => {
    let shop: ScratchWorkspace
    before(async () => {
      shop = await createShop(nx)
    })
    after(() => shop.dispose())

    it('init registers the plugin and declares a first suite', async () => {
      await adoptMuster(shop)
      const { plugins } = await shop.readJson<{ plugins: unknown }>('nx.json')
      assert.deepEqual(plugins, [{ plugin: '@muster/nx', options: {} }])
      const { name } = await shop.readJson<{ name: string }>('packages/app/suite.json')
      assert.equal(name, 'unit-app')
      assert.match(await shop.read('.gitignore'), /^\.muster\nreports$/m)
    })

    it('runs all suites, TypeScript and CommonJS too, and reports them', async () => {
      const said = await nxOk(shop, ALL)
      assert.match(said, /^Tests: 5 passed, 0 failed, 0 skipped$/m)
      const record = await lastRecord(shop)
      assert.deepEqual(statuses(record), each('passed'))
      assert.equal(record.totals.tests, 5)
      for (const file of ['index.html', 'ctrf.json', 'junit.xml', 'summary.md']) {
        assert.ok(shop.exists(`reports/latest/${file}`), file)
      }
      assert.equal(await shop.git('status', '--porcelain'), '')
    })

    it('answers all from the cache the second time, with every test case in the report', async () => {
      const first = await lastRecord(shop)
      assert.match(await nxOk(shop, ALL), /^Tests: 5 passed, 0 failed, 0 skipped$/m)
      const record = await lastRecord(shop)
      assert.deepEqual(statuses(record), each('cached'))
      for (const suite of record.suites) {
        assert.equal(suite.from?.runId, first.runId)
        assert.equal(suite.cases.length, 1, suite.name)
      }
    })

    it('answers the muster command: run, plan and why', async () => {
      const said = await musterOk(shop, ['run', '--suites', 'unit', '--workers', '2'])
      assert.match(said, /^Tests: 4 passed, 0 failed, 0 skipped$/m)
      const { workers, command } = await lastRecord(shop)
      assert.deepEqual([workers, command], [2, 'muster run --suites unit --workers 2'])
      assert.match(await musterOk(shop, ['plan']), /^Phase 2: .*checkout/m)
      assert.match(await musterOk(shop, ['why', 'unit-core']), /nothing has changed since/)
    })

    it('runs what a change reaches; what that waits for comes from the cache', async () => {
      await shop.write('packages/core/src/index.js', 'export const add = (a, b) => b + a\n')
      await nxOk(shop, AFFECTED)
      assert.deepEqual(statuses(await lastRecord(shop)), {
        ...each('passed'),
        'unit-legacy': 'cached',
        'unit-typed': 'cached',
      })
      await shop.git('checkout', '--', 'packages/core')
    })

    it('muster run does so too, and then knows without Nx that nothing has changed', async () => {
      await shop.write('packages/core/src/index.js', 'export const add = (a, b) => b + a + 0\n')
      await musterOk(shop, ['run'])
      assert.deepEqual(statuses(await lastRecord(shop)), {
        ...each('passed'),
        'unit-legacy': 'cached',
        'unit-typed': 'cached',
      })
      assert.match(await musterOk(shop, ['run']), /answered without asking Nx[^]*^Tests: 5 passed, 0 failed/m)
      assert.deepEqual(statuses(await lastRecord(shop)), each('cached'))
      await shop.git('checkout', '--', 'packages/core')
    })

    it('is red when a test fails, names it, and skips what depends on it', async () => {
      await shop.write('packages/core/src/index.js', 'export const add = (a, b) => a - b\n')
      const { code, stdout, stderr } = await shop.nx(ALL)
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, /add › works/)
      assert.match(stdout + stderr, /total › works/)
      const record = await lastRecord(shop)
      assert.equal(record.verdict, 'failed')
      assert.deepEqual(statuses(record), {
        checkout: 'skipped',
        'unit-app': 'failed',
        'unit-core': 'failed',
        'unit-legacy': 'cached',
        'unit-typed': 'cached',
      })
      await shop.git('checkout', '--', 'packages/core')
    })

    it('works without batches', async () => {
      await nxOk(shop, [...ALL, '--batch=false', '--skip-nx-cache'])
      const record = await lastRecord(shop)
      assert.deepEqual(statuses(record), each('passed'))
      assert.equal(record.totals.tests, 5)
    })

    it('ends with the counts of tests in a terminal', async () => {
      const command = `stty rows 40 cols 120; exec '${shop.bin('nx')}' run-many -t test`
      const env = { NX_TUI: undefined, TERM: 'xterm-256color' }
      const { code, stdout } = await shop.run(['sh', '-c', command], { tty: true, env })
      assert.equal(code, 0, stdout)
      assert.ok(!stdout.includes(FULL_SCREEN), 'no full-screen interface')
      assert.match(stdout, /Successfully ran target[^]*Tests: 5 passed, 0 failed, 0 skipped\r\n/)
    })

    it('points at a broken suite.json, and runs the others', async () => {
      await shop.write(
        'packages/typed/suite.json',
        '{\n  "name": "unit-typed",\n  "kind": "unit",\n  "timout": "5s"\n}\n',
      )
      const { code, stdout, stderr } = await shop.nx(ALL)
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, /packages\/typed\/suite\.json:4:3.*did you mean "timeout"/)
      const { 'unit-core': core, 'unit-typed': typed } = statuses(await lastRecord(shop))
      assert.equal(core, 'cached')
      assert.equal(typed, 'environment-error')
      await shop.git('checkout', '--', 'packages/typed')
    })

    it('builds first, where that is declared, and keeps the order of suites and their evidence', async () => {
      await shop.writeJson('packages/core/package.json', BUILT_CORE)
      await shop.write('.gitignore', `${await shop.read('.gitignore')}\ndist\n`)
      const nxJson = await shop.readJson<object>('nx.json')
      await shop.writeJson('nx.json', { ...nxJson, targetDefaults: DEFAULTS })
      await nxOk(shop, ['g', '@muster/nx:init'])
      await shop.commitAll('Build the core')
      await nxOk(shop, ALL)
      assert.ok(shop.exists('packages/core/dist/index.js'))
      const record = await lastRecord(shop)
      assert.equal(statuses(record)['unit-app'], 'passed')
      const order = record.suites.filter(({ cached }) => !cached).toSorted((a, b) => startOf(a) - startOf(b))
      assert.equal(order.at(-1)?.name, 'checkout')
      await nxOk(shop, ALL)
      assert.deepEqual(statuses(await lastRecord(shop)), each('cached'))
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
