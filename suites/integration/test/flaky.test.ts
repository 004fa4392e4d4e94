import assert from 'node:assert/strict'
import type { ScratchWorkspace } from '@muster/testkit'
import {
  commandSuite,
  readRecord,
  splitSuite,
  statuses,
  suiteOf,
  takeTrace,
  withWorkspace,
} from './support.ts'

/** In a process: a thread that fails is asked again by a process, which would count twice. */
const inProcess = { isolation: 'process' } as const
const soon = { count: 1, delay: '10ms' }
/** Fails the first time that it runs in a workspace, and never again. */
const failsOnce = (name: string): string => `
it('is sound', () => {})
it('fails once', () => {
  const before = traced().includes('${name}')
  trace('${name}')
  assert.ok(before, 'the first time')
})`

const daysFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const quarantined = (suite: string, until: string): object => ({
  suite,
  case: 'is known to fail',
  owner: 'the shop team',
  reason: 'ticket SHOP-1',
  until,
  added: daysFromNow(-30),
})
const knownFailure = "it('is sound', () => {})\nit('is known to fail', () => assert.fail('as ever'))"

const test = (workspace: ScratchWorkspace, names: readonly string[], ...more: string[]) =>
  workspace.nx(['run-many', '-t', 'test', '-p', ...names, ...more])

describe('what passes only sometimes', () => {
  it('a retry or a quarantine makes it green, says so, and is nothing for the cache', () =>
    withWorkspace(
      {
        ...splitSuite('wobbly', { a: failsOnce('wobbly') }, { ...inProcess, retries: soon }),
        ...splitSuite('known', { a: knownFailure }, inProcess),
        'muster-quarantine.json': JSON.stringify({ entries: [quarantined('known', daysFromNow(30))] }),
      },
      async (workspace) => {
        const first = await test(workspace, ['wobbly', 'known'])
        assert.equal(first.code, 0, first.stdout)
        assert.match(first.stdout, /^Tests: 3 passed, 0 failed, 0 skipped, 1 flaky, 1 in quarantine$/m)
        assert.match(first.stdout, /wobbly: .*fails once .*passed on attempt 2/)
        assert.match(first.stdout, /known: .*is known to fail\n.*in quarantine: .*SHOP-1/)
        const record = await readRecord(workspace)
        assert.equal(record.verdict, 'passed')
        const wobbly = suiteOf(record, 'wobbly')
        assert.deepEqual([wobbly.status, wobbly.flaky, wobbly.unstable], ['passed', 1, true])
        assert.deepEqual(
          wobbly.attempts.map(({ status }) => status),
          ['failed', 'passed'],
        )
        const known = suiteOf(record, 'known')
        assert.deepEqual([known.status, known.failed, known.quarantined], ['passed', 1, 1])

        const second = await test(workspace, ['wobbly', 'known'])
        assert.equal(second.code, 0, second.stdout)
        assert.match(second.stdout, /wobbly: cached result not believed, run again: [^\n]*flaky/)
        assert.match(second.stdout, /known: cached result not believed, run again: [^\n]*quarantine/)
        const again = await readRecord(workspace)
        assert.deepEqual(statuses(again), { known: 'passed', wobbly: 'passed' })
        assert.deepEqual([suiteOf(again, 'wobbly').flaky, suiteOf(again, 'wobbly').attempts.length], [0, 1])

        assert.equal((await test(workspace, ['wobbly', 'known'])).code, 0)
        assert.deepEqual(statuses(await readRecord(workspace)), { known: 'passed', wobbly: 'cached' })
      },
    ))

  it('is red when the retries are used up, when the suite wants it, and when the quarantine has ended', () =>
    withWorkspace(
      {
        ...splitSuite(
          'hopeless',
          { a: "it('fails', () => (trace('hopeless'), assert.fail('no')))" },
          {
            ...inProcess,
            retries: { count: 2, delay: '10ms' },
          },
        ),
        ...splitSuite(
          'strict',
          { a: failsOnce('strict') },
          { ...inProcess, retries: soon, flaky: { verdict: 'fail' } },
        ),
        ...splitSuite('late', { a: knownFailure }, inProcess),
        ...splitSuite('after', { a: "it('never', () => {})" }, { dependsOn: ['strict'] }),
        'muster-quarantine.json': JSON.stringify({ entries: [quarantined('late', daysFromNow(-1))] }),
      },
      async (workspace) => {
        const { code, stdout } = await test(workspace, ['hopeless', 'strict', 'late', 'after'])
        assert.notEqual(code, 0)
        const record = await readRecord(workspace)
        assert.deepEqual(statuses(record), {
          after: 'skipped',
          hopeless: 'failed',
          late: 'failed',
          strict: 'failed',
        })
        assert.equal(suiteOf(record, 'hopeless').attempts.length, 3)
        assert.equal((await takeTrace(workspace)).filter((each) => each === 'hopeless').length, 3)
        assert.match(suiteOf(record, 'strict').message ?? '', /flaky\.verdict/)
        assert.match(stdout, /the quarantine of late: is known to fail ended on .*the shop team/)
      },
    ))
})

/** As many test cases as bodies, called `<name>0`, `<name>1`, …, which say that they run. */
const spec = (name: string, ...bodies: string[]): string =>
  bodies.map((body, n) => `it('${name}${n}', () => { trace('${name}${n}'); ${body} })`).join('\n')

describe('--failed', () => {
  it('runs exactly what failed last time again, says so, and the whole suite after that', () => {
    const mended = "assert.ok(existsSync(place('mended')), 'not mended')"
    return withWorkspace(
      {
        ...splitSuite(
          'shop',
          { a: spec('a', '', mended, ''), b: spec('b', ''), c: spec('c', mended, '') },
          inProcess,
        ),
        ...splitSuite('fine', { a: spec('fine', '') }, inProcess),
        ...commandSuite(
          'crashes',
          `echo crashes >> ../../dist/trace; test -e ../../dist/mended || kill -9 $$`,
        ),
      },
      async (workspace) => {
        const all = ['shop', 'fine', 'crashes']
        assert.notEqual((await test(workspace, all)).code, 0)
        assert.deepEqual(statuses(await readRecord(workspace)), {
          crashes: 'crashed',
          fine: 'passed',
          shop: 'failed',
        })
        const whole = ['a0', 'a1', 'a2', 'b0', 'c0', 'c1']
        assert.deepEqual((await takeTrace(workspace)).toSorted(), [...whole, 'crashes', 'fine0'].toSorted())

        await workspace.write('dist/mended', '')
        const rerun = await test(workspace, all, '--failed')
        assert.equal(rerun.code, 0, rerun.stdout)
        assert.deepEqual((await takeTrace(workspace)).toSorted(), ['a1', 'c0', 'crashes'])
        assert.match(rerun.stdout, /^Tests: 8 passed, 0 failed, 0 skipped, \d not rerun$/m)
        const shop = suiteOf(await readRecord(workspace), 'shop')
        assert.deepEqual([shop.status, shop.passed, shop.notRerun], ['passed', 6, 4])

        assert.equal((await test(workspace, all)).code, 0)
        assert.deepEqual(
          (await takeTrace(workspace)).filter((each) => each.length === 2),
          whole,
          'half a run is no pass for the cache',
        )
      },
    )
  })
})
