import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { coveredBy, shopFiles } from './coverage-support.ts'
import { readRecord, statuses } from './support.ts'

const FAST_NX = { NX_ISOLATE_PLUGINS: 'false' }

/** Counted by hand in coverage-support.ts: `clear`, the discount, the wrong argument and the third file never run. */
const EXPECTED = {
  lines: { covered: 13, total: 19 },
  branches: { covered: 9, total: 13 },
  functions: { covered: 4, total: 6 },
  statements: { covered: 14, total: 21 },
}

describe('coverage', () => {
  let workspace: ScratchWorkspace

  const declare = async (more: object): Promise<void> => {
    const files = shopFiles(more)
    await workspace.write('suites/shop/suite.json', files['suites/shop/suite.json']!)
  }
  const run = async (code: number, ...args: string[]): Promise<string> => {
    const { code: got, stdout, stderr } = await workspace.muster(['run', ...args])
    assert.equal(got, code, stdout + stderr)
    return stdout
  }

  before(async () => {
    workspace = await createScratchWorkspace({ files: shopFiles(), env: FAST_NX })
  })
  after(() => workspace.dispose())

  it('is the same cold, from the cache, and in shards, and tells of files that no test loads', async () => {
    const cold = await run(0)
    assert.match(cold, /^Coverage: 68\.4 % of 19 lines, 69\.2 % of 13 branches in 3 files$/m)
    const { totals, files, projects } = await coveredBy(workspace)
    assert.deepEqual(totals, EXPECTED)
    assert.deepEqual([files, projects.map(({ name }) => name)], [3, ['shop']])
    const lcov = await workspace.read('reports/latest/coverage/lcov.info')
    assert.match(lcov, /SF:packages\/shop\/src\/never\.ts/)
    assert.doesNotMatch(lcov, /spec|price\.test/)

    // What Nx restores, not what lies about.
    await rm(workspace.path('.muster/evidence'), { recursive: true })
    await rm(workspace.path('.muster/runs'), { recursive: true })
    assert.match(await run(0), /^Coverage: 68\.4 %/m)
    assert.deepEqual(statuses(await readRecord(workspace)), { 'shop-unit': 'cached' })
    assert.deepEqual(await coveredBy(workspace), { totals, files, projects })
    assert.equal(await workspace.read('reports/latest/coverage/lcov.info'), lcov)

    await declare({ shards: 3, isolation: 'process' })
    await run(0)
    const sharded = await readRecord(workspace)
    assert.equal(sharded.suites[0]?.units.length, 3)
    assert.deepEqual(await coveredBy(workspace), { totals, files, projects })
  })

  it('of the change names the lines that no test runs, and has thresholds', async () => {
    const options = {
      coverage: { thresholds: { lines: 60 }, projects: { shop: { branches: 90 } }, changedLines: 50 },
    }
    await workspace.writeJson('nx.json', { plugins: [{ plugin: '@muster/nx', options }] })
    const price = await workspace.read('packages/shop/src/price.ts')
    await workspace.write(
      'packages/shop/src/price.ts',
      price.replace('sum -= sum * discount', 'sum *= 1 - discount'),
    )
    await workspace.write('packages/shop/src/new file.ts', 'export const a = (): number => 1\n')
    await run(0)
    const { code, stdout } = await workspace.muster(['coverage', '--diff', 'main', '--html', 'dist/coverage'])
    assert.equal(code, 1, stdout)
    assert.match(stdout, /^Changed since main: 1 of 2 lines are covered|^Changed since main: 0 of 2 lines/m)
    assert.match(stdout, /^ {2}packages\/shop\/src\/price\.ts:12$/m)
    assert.match(stdout, /^Below the threshold: branches of shop: \d+\.\d %, 90 % are asked for$/m)
    assert.doesNotMatch(stdout, /lines of all files/)
    assert.match(await workspace.read('dist/coverage/index.html'), /sum \*= 1 - discount/)
    const json = await workspace.muster(['coverage', '--json'])
    assert.deepEqual(
      (JSON.parse(json.stdout) as { missed: { of: string }[] }).missed.map(({ of }) => of),
      ['shop'],
    )
    const blocked = await workspace.muster(['coverage', '--html', 'nx.json/coverage'])
    assert.equal(blocked.code, 1)
    assert.match(blocked.stderr, /the report can't be written: ENOTDIR/)
    assert.match(blocked.stdout, /^Below the threshold/m)
  })

  it('below a suite’s own threshold fails the suite, and is not cached as a pass', async () => {
    await declare({
      coverage: { thresholds: { functions: 95 }, include: ['packages/shop/src/{price,cli}.ts'] },
    })
    const stdout = await run(1)
    assert.match(stdout, /its tests passed, but cover only 80 % of its functions, 95 % are asked for/)
    assert.equal((await coveredBy(workspace)).files, 2)
    assert.deepEqual(statuses(await readRecord(workspace)), { 'shop-unit': 'failed' })
    await run(1)
    assert.deepEqual(statuses(await readRecord(workspace)), { 'shop-unit': 'failed' })
  })

  it('that was not collected is no answer for a run that wants it', async () => {
    await declare({ timeout: '5m' })
    assert.doesNotMatch(await run(0, '--no-coverage'), /Coverage/)
    assert.equal((await readRecord(workspace)).coverage, undefined)
    await run(0, '--no-coverage')
    assert.deepEqual(statuses(await readRecord(workspace)), { 'shop-unit': 'cached' })
    const stdout = await run(0)
    assert.match(stdout, /it was run without coverage/)
    assert.ok((await coveredBy(workspace)).files > 0)
    await run(0)
    assert.deepEqual(statuses(await readRecord(workspace)), { 'shop-unit': 'cached' })
  })
})
