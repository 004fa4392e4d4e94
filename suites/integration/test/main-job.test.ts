import assert from 'node:assert/strict'
import { NO_COUNTS } from '@muster/model'
import type { ScratchWorkspace } from '@muster/testkit'
import { commandSuite, mochaSuite, readRecord, statuses, suiteOf, withWorkspace } from './support.ts'

const TEST = ['run-many', '-t', 'test'] as const

async function greenRun(workspace: ScratchWorkspace): Promise<string> {
  const { code, stdout, stderr } = await workspace.nx(TEST)
  assert.equal(code, 0, stdout + stderr)
  return stdout
}

describe('the main job: nx runs suites through Muster', () => {
  it('runs all, reports all, and answers the second run from the cache with every test case', () =>
    withWorkspace(
      { ...mochaSuite('a', { pass: 3 }), ...mochaSuite('b', { pass: 2 }), ...commandSuite('c', 'true') },
      async (workspace) => {
        const stdout = await greenRun(workspace)
        assert.match(stdout, /^Tests: 6 passed, 0 failed, 0 skipped$/m)
        const first = await readRecord(workspace)
        assert.equal(first.verdict, 'passed')
        assert.deepEqual(first.totals, { ...NO_COUNTS, suites: 3, tests: 6, passed: 6 })
        assert.deepEqual(statuses(first), { a: 'passed', b: 'passed', c: 'passed' })
        for (const file of ['index.html', 'ctrf.json', 'junit.xml', 'summary.md']) {
          assert.ok(workspace.exists(`reports/latest/${file}`), file)
        }

        assert.match(await greenRun(workspace), /^Tests: 6 passed, 0 failed, 0 skipped$/m)
        const second = await readRecord(workspace)
        assert.deepEqual(statuses(second), { a: 'cached', b: 'cached', c: 'cached' })
        assert.equal(suiteOf(second, 'a').from?.runId, first.runId)
        assert.deepEqual(
          suiteOf(second, 'a').cases.map(({ path }) => path.join(' ')),
          ['a passes 0', 'a passes 1', 'a passes 2'],
        )
        assert.deepEqual(second.totals, first.totals)
      },
    ))

  it('restores test cases that were deleted with the workspace’s own state', () =>
    withWorkspace(mochaSuite('a', { pass: 2 }), async (workspace) => {
      await greenRun(workspace)
      await workspace.remove('.muster')
      await workspace.remove('reports')
      await greenRun(workspace)
      const record = await readRecord(workspace)
      assert.deepEqual(statuses(record), { a: 'cached' })
      assert.equal(suiteOf(record, 'a').cases.length, 2)
    }))

  it('runs only what a change reaches', () =>
    withWorkspace(
      {
        ...mochaSuite('a'),
        ...mochaSuite('of-core', { declare: { covers: ['core'] } }),
        'packages/core/package.json': JSON.stringify({ name: 'core', version: '1.0.0' }),
        'packages/core/index.js': 'export const answer = 42\n',
      },
      async (workspace) => {
        await greenRun(workspace)
        await workspace.write('packages/core/index.js', 'export const answer = 43\n')
        const { code, stdout } = await workspace.nx(['affected', '-t', 'test', '--base=HEAD'], {
          env: { NX_LEGACY_AFFECTED: 'false' },
        })
        assert.equal(code, 0, stdout)
        assert.deepEqual(statuses(await readRecord(workspace)), { 'of-core': 'passed' })
      },
    ))

  it('is red when a test fails, names it with a command to repeat it, and skips what depends on it', () =>
    withWorkspace(
      {
        ...mochaSuite('base', { pass: 1, fail: 1 }),
        ...mochaSuite('next', { declare: { dependsOn: ['base'] } }),
        ...mochaSuite('last', { declare: { dependsOn: [{ suite: 'next' }] } }),
        ...mochaSuite('other'),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(TEST)
        assert.notEqual(code, 0)
        assert.match(stdout, /fails 0/)
        assert.match(stdout, /^Tests: 2 passed, 1 failed, 0 skipped$/m)
        const record = await readRecord(workspace)
        assert.equal(record.verdict, 'failed')
        assert.deepEqual(statuses(record), {
          base: 'failed',
          next: 'skipped',
          last: 'skipped',
          other: 'passed',
        })
        assert.equal(suiteOf(record, 'next').message, 'base did not pass')
        const { reproduce } = suiteOf(record, 'base')
        const again = await workspace.run(['sh', '-c', reproduce ?? 'false'])
        assert.match(again.stdout, /1 passing[^]*1 failing/)

        await workspace.write(
          'suites/base/base.spec.js',
          "describe('base', () => it('passes now', () => {}))\n",
        )
        assert.match(await greenRun(workspace), /^Tests: 4 passed/m)
        assert.deepEqual(statuses(await readRecord(workspace)), {
          base: 'passed',
          next: 'passed',
          last: 'passed',
          other: 'cached',
        })
      },
    ))

  it('runs one suite, with the plain executor too', () =>
    withWorkspace({ ...mochaSuite('a', { pass: 2 }), ...mochaSuite('b') }, async (workspace) => {
      const one = await workspace.nx(['test', 'a'])
      assert.equal(one.code, 0, one.stdout)
      assert.deepEqual(statuses(await readRecord(workspace)), { a: 'passed' })
      const plain = await workspace.nx([...TEST, '--batch=false', '--skip-nx-cache'])
      assert.equal(plain.code, 0, plain.stdout + plain.stderr)
      const record = await readRecord(workspace)
      assert.deepEqual(statuses(record), { a: 'passed', b: 'passed' })
      assert.equal(record.totals.tests, 3)
    }))

  it('stops at the first failure when told to', () =>
    withWorkspace(
      {
        ...mochaSuite('a', { fail: 1, declare: { priority: 'critical' } }),
        ...mochaSuite('b'),
        ...mochaSuite('c'),
      },
      async (workspace) => {
        const { code } = await workspace.muster(['run', '--fail-fast', '--workers', '1'])
        assert.equal(code, 1)
        assert.deepEqual(statuses(await readRecord(workspace)), { a: 'failed', b: 'skipped', c: 'skipped' })
      },
    ))

  it('writes the report as a task of its own', () =>
    withWorkspace(
      {
        ...mochaSuite('a', { pass: 2 }),
        'project.json': JSON.stringify({
          name: 'root',
          targets: {
            report: { executor: '@muster/nx:report', dependsOn: [{ projects: '*', target: 'test' }] },
          },
        }),
      },
      async (workspace) => {
        const { code, stdout, stderr } = await workspace.nx(['run', 'root:report'])
        assert.equal(code, 0, stdout + stderr)
        assert.equal((await readRecord(workspace)).totals.tests, 2)
      },
    ))

  it('never runs more at a time than it was told to', () =>
    withWorkspace(
      Object.assign(
        {},
        ...['a', 'b', 'c', 'd', 'e'].map((name) =>
          commandSuite(
            name,
            'test $(ls ../../running 2>/dev/null | wc -l) -lt 2 && mkdir -p ../../running && touch ../../running/$$ && sleep 0.2 && rm ../../running/$$',
          ),
        ),
      ) as Record<string, string>,
      async (workspace) => {
        const { code, stdout } = await workspace.muster(['run', '--workers', '2'])
        assert.equal(code, 0, stdout)
        const record = await readRecord(workspace)
        assert.equal(record.workers, 2)
        const spans = record.suites.flatMap(({ attempts }) => attempts)
        for (const span of spans) {
          const together = spans.filter(
            (other) =>
              other.startedAt < span.startedAt + 1 && other.startedAt + other.durationMs > span.startedAt + 1,
          )
          assert.ok(together.length <= 2, `${together.length} at a time`)
        }
        assert.ok(new Set(spans.map(({ worker }) => worker)).size === 2)
      },
    ))
})
