import assert from 'node:assert/strict'
import type { Isolation } from '@muster/model'
import { processesWithEnv } from '@muster/testkit'
import { MOCHA_ORACLE } from '../../../libs/runners/test/fixtures/mocha/oracle.ts'
import { withEngine } from './support/engine.ts'
import { hostsPeakMb, peakMb } from './support/memory.ts'

/** Generous: it is there to tell bounded from unbounded. */
const BOUND_MB = 700
/** Fixtures that end their process, or would. */
const ENDING = MOCHA_ORACLE.filter(({ name }) =>
  ['out-of-memory', 'abort', 'exit-in-test', 'exit-at-load', 'unhandled-rejection'].includes(name),
)
const onLinux = process.platform === 'linux'

describe('extremes', function () {
  this.timeout(180_000)

  it('100,000 tests in one file', () =>
    withEngine(
      async ({ run }) => {
        const { outcome, counts } = await run('many', 'auto', { timeoutMs: 120_000 })
        assert.deepEqual([outcome.status, counts], ['passed', { passed: 100_000, failed: 0, skipped: 0 }])
      },
      { MUSTER_FIXTURE_TESTS: '100000' },
    ))

  for (const isolation of ['auto', 'process'] satisfies Isolation[]) {
    it(`a gigabyte of output, in bounded memory (${isolation})`, function () {
      if (!onLinux) this.skip()
      return withEngine(
        async ({ run }) => {
          const peak = await hostsPeakMb(async () => {
            const { outcome, counts } = await run('big-output', isolation, { timeoutMs: 120_000 })
            assert.deepEqual([outcome.status, counts.passed], ['passed', 1])
          })
          assert.ok(peak > 0, 'no host was seen')
          assert.ok(peak < BOUND_MB, `a host took ${peak} MB`)
          assert.ok(peakMb('self') < BOUND_MB, `the coordinator's side took ${peakMb('self')} MB`)
        },
        { MUSTER_FIXTURE_OUTPUT_MB: '1024' },
      )
    })
  }

  for (const isolation of ['auto', 'thread', 'process', 'none'] satisfies Isolation[]) {
    it(`an endless loop is killed at its limit, and the next suite runs (${isolation})`, () =>
      withEngine(async ({ run }) => {
        const { outcome, counts } = await run('infinite-loop', isolation, { timeoutMs: 3000 })
        assert.deepEqual(outcome, { status: 'timed-out', limitMs: 3000 })
        assert.equal(counts.passed, 1, 'what had passed is told')
        assert.equal((await run('passing-cjs', isolation)).outcome.status, 'passed')
      }))

    it(`what ends its host costs the next suite nothing (${isolation})`, () =>
      withEngine(async ({ run }) => {
        for (const { name: fixture, unfitForThread } of ENDING) {
          if (isolation === 'thread' && unfitForThread !== undefined) continue
          const { outcome } = await run(fixture, isolation)
          assert.equal(outcome.status, 'crashed', `${fixture}: ${JSON.stringify(outcome)}`)
          const next = await run('passing-esm', isolation)
          assert.equal(next.outcome.status, 'passed', `after ${fixture}: ${JSON.stringify(next)}`)
        }
      }))
  }

  it('nothing is alive when the pool is closed', async () => {
    await withEngine(
      async ({ run }) => {
        for (const fixture of ['child-left', 'open-handles', 'port-left']) await run(fixture, 'auto')
        assert.notEqual((await processesWithEnv('MUSTER_FIXTURE_ALIVE=yes')).length, 0, 'hosts are alive')
      },
      { MUSTER_FIXTURE_ALIVE: 'yes' },
    )
    assert.deepEqual(await processesWithEnv('MUSTER_FIXTURE_ALIVE=yes'), [])
  })
})
