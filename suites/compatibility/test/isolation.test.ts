import assert from 'node:assert/strict'
import type { Isolation } from '@muster/model'
import { withEngine } from './support/engine.ts'

/** Each leaves something behind that a later suite in the same worker could trip over. */
const LEAKS = [
  'global-leak',
  'env-mutation',
  'time-zone',
  'chdir',
  'umask',
  'fake-timers-left',
  'mocked-globals',
  'prototypes',
  'check-leaks',
  'open-handles',
  'port-left',
  'child-left',
  'exit-code-set',
  'exit-handler-throws',
  'own-signal',
  'ignored-signal',
  'v8-flags',
  'process-title',
  'native-addon',
  'unhandled-rejection',
  'uncaught-after-end',
  'deep-recursion',
  'abort',
  'exit-in-test',
]

describe('a suite finds nothing of the one before it', function () {
  this.timeout(180_000)

  for (const isolation of ['auto', 'process', 'thread'] satisfies Isolation[]) {
    it(isolation, () =>
      withEngine(async ({ run }) => {
        const dirty: string[] = []
        for (const leak of LEAKS) {
          await run(leak, isolation)
          const probe = await run('pristine', isolation)
          if (probe.outcome.status !== 'passed') dirty.push(`after ${leak}: ${JSON.stringify(probe)}`)
        }
        assert.equal(dirty.join('\n'), '')
      }),
    )
  }

  it('and an ES module that runs again in a reused process has its tests again', () =>
    withEngine(async ({ run }) => {
      for (let time = 1; time <= 3; time++) {
        const { counts, outcome } = await run('passing-esm', 'none')
        assert.deepEqual([outcome.status, counts.passed], ['passed', 1], `time ${time}`)
      }
    }))
})

describe('auto: a thread is only believed for what a thread can know', function () {
  this.timeout(120_000)

  it('asks a process once, then remembers', () =>
    withEngine(async ({ run }) => {
      for (const fixture of ['chdir', 'exit-handler-throws', 'v8-flags', 'own-signal']) {
        const first = await run(fixture, 'auto')
        const second = await run(fixture, 'auto')
        assert.deepEqual(first.attempts, ['thread', 'process'], fixture)
        assert.deepEqual(second.attempts, ['process'], fixture)
        assert.deepEqual(second.outcome.status, first.outcome.status, fixture)
        assert.match(first.notes.join(), /runs in a process from now on|passed in a process/)
      }
    }))

  it('asks no process after a pass', () =>
    withEngine(async ({ run }) => {
      for (const fixture of [
        'passing-cjs',
        'passing-esm',
        'native-addon',
        'own-thread',
        'open-handles',
        'exit-code-set',
      ]) {
        assert.deepEqual((await run(fixture, 'auto')).attempts, ['thread'], fixture)
      }
    }))
})
