import assert from 'node:assert/strict'
import type { ScratchWorkspace } from '@muster/testkit'
import { NX_VERSIONS } from './support/nx-versions.ts'
import { lastRecord, nxOk, statuses } from './support/records.ts'
import { adoptMuster, createShop } from './support/shop.ts'

const ALL = ['run-many', '-t', 'test'] as const
const AFFECTED = ['affected', '-t', 'test', '--base=HEAD'] as const
const SUITES = ['checkout', 'unit-app', 'unit-core', 'unit-legacy', 'unit-typed']

/** What a program sends to get the whole screen to itself. */
const FULL_SCREEN = '\u001b[?1049h'

const each = (status: string): Record<string, string> =>
  Object.fromEntries(SUITES.map((suite) => [suite, status]))

/** The steps of one workspace's life, in order; each goes on from where the one before left it. */
for (const nx of NX_VERSIONS) {
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

    it('runs what a change reaches; what that waits for comes from the cache', async () => {
      await shop.write('packages/core/src/index.js', 'export const add = (a, b) => b + a\n')
      await nxOk(shop, AFFECTED)
      assert.deepEqual(statuses(await lastRecord(shop)), {
        ...each('passed'),
        'unit-legacy': 'cached',
        'unit-typed': 'cached',
      })
      await shop.git('checkout', '--', 'packages/core')
      await shop.write('packages/typed/src/index.ts', 'export const twice = (n: number): number => n + n\n')
      await nxOk(shop, [...AFFECTED, '--exclude=checkout'])
      assert.deepEqual(statuses(await lastRecord(shop)), { 'unit-typed': 'passed' })
      await shop.git('checkout', '--', 'packages/typed')
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
  })
}
