import assert from 'node:assert/strict'

import { action, command, start, withPool } from './support/rig.ts'
import { running } from './support/processes.ts'

describe('time limits', function () {
  this.timeout(30_000)

  for (const isolation of ['thread', 'process', 'none'] as const) {
    for (const name of ['hang', 'loop', 'ignoreTerm']) {
      it(`kills ${name} in ${isolation} at the hard limit and keeps what it told`, () =>
        withPool({}, async (pool) => {
          // On a busy machine the start of a host alone may take the limit.
          await start(pool, action('pass'), isolation).done
          const unit = start(pool, action(name), isolation, { timeoutMs: 1000, slowAfterMs: 10 })
          const { outcome } = await unit.done
          assert.deepEqual(outcome, { status: 'timed-out', limitMs: 1000 })
          assert.deepEqual(
            unit.cases.map(({ path }) => path[0]),
            ['begun'],
          )
          assert.equal(unit.slowCalls, 1)
          assert.throws(() => process.kill(Number(unit.cases[0]?.path[1]), 0))
          assert.equal((await start(pool, action('pass'), isolation).done).outcome.status, 'passed')
        }))
    }
  }

  it('kills a command and its children at the hard limit', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, command('echo begun; sleep 7101 & sleep 7101'), 'process', { timeoutMs: 300 })
      const { outcome, stdout } = await unit.done
      assert.deepEqual(outcome, { status: 'timed-out', limitMs: 300 })
      assert.equal(stdout.data.toString(), 'begun\n')
      assert.deepEqual(running('sleep 7101'), [])
    }))

  it('tells slow once, and only after the soft limit', () =>
    withPool({}, async (pool) => {
      const quick = start(pool, action('pass'))
      await quick.done
      assert.equal(quick.slowCalls, 0)
      const slow = start(pool, action('hang'), 'thread', { slowAfterMs: 1 })
      await slow.slow
      slow.stop('seen')
      await slow.done
      assert.equal(slow.slowCalls, 1)
    }))
})

describe('stopping', function () {
  this.timeout(30_000)

  it('ends an attempt as aborted, with the reason', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, action('loop'), 'process')
      await unit.firstCase
      unit.stop('fail-fast')
      unit.stop('a later reason')
      assert.deepEqual((await unit.done).outcome, { status: 'aborted', reason: 'fail-fast' })
    }))

  it('kills a child with its own session that ignores SIGTERM', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, action('leaveChildAndLoop'), 'thread')
      await unit.firstCase
      assert.notDeepEqual(running('sleep 7002'), [])
      unit.stop('enough')
      await unit.done
      assert.deepEqual(running('sleep 7002'), [])
    }))

  it('closes a pool with units running in every isolation', async () => {
    await withPool({ workers: 3 }, async (pool) => {
      const units = (['thread', 'process', 'none'] as const).map((isolation, slot) =>
        start(pool, action('leaveChildAndLoop'), isolation, { slot }),
      )
      await Promise.all(units.map(({ firstCase }) => firstCase))
      const pids = units.map(({ cases }) => Number(cases[0]?.path[1]))
      await pool.close()
      for (const { done } of units) assert.equal((await done).outcome.status, 'aborted')
      assert.deepEqual(running('sleep 7002'), [])
      for (const pid of pids) assert.throws(() => process.kill(pid, 0))
    })
  })
})

describe('what a unit leaves behind', function () {
  this.timeout(30_000)

  for (const isolation of ['thread', 'process'] as const) {
    for (const way of ['group', 'session', 'daemon', 'bare-environment']) {
      it(`is killed and told after a pass: a child left in ${isolation} by ${way}`, () =>
        withPool({}, async (pool) => {
          const { outcome, notes } = await start(pool, action('leaveChild', way), isolation).done
          assert.equal(outcome.status, 'passed')
          assert.deepEqual(notes, ['left 1 process behind: sleep 7001'])
          assert.deepEqual(running('sleep 7001'), [])
        }))
    }
  }

  it('is nothing when a child was told to end', () =>
    withPool({}, async (pool) => {
      assert.deepEqual((await start(pool, action('childThatEndsItself'), 'thread').done).notes, [])
    }))

  it('dies with its host in none', async () => {
    await withPool({}, async (pool) => {
      await start(pool, action('leaveChild', 'session'), 'none').done
    })
    assert.deepEqual(running('sleep 7001'), [])
  })

  it('is killed and told after a command', () =>
    withPool({}, async (pool) => {
      const { outcome, notes } = await start(pool, command('setsid sleep 7102 & true')).done
      assert.equal(outcome.status, 'passed')
      assert.deepEqual(notes, ['left 1 process behind: sleep 7102'])
      assert.deepEqual(running('sleep 7102'), [])
    }))
})
