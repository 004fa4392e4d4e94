import assert from 'node:assert/strict'

import { action, command, start, withPool } from './support/rig.ts'
import { running } from './support/processes.ts'

const steps = { setUp: 'echo prepared', tearDown: 'echo cleaned; echo warned >&2' }

describe('set-up and tear-down', function () {
  this.timeout(30_000)

  it('surround the unit, each under its name in the output', () =>
    withPool({}, async (pool) => {
      const { outcome, stdout, stderr } = await start(
        pool,
        action('print', 'tested', 'noted'),
        'thread',
        steps,
      ).done
      assert.equal(outcome.status, 'passed')
      assert.equal(stdout.data.toString(), '── set-up ──\nprepared\ntested\n── tear-down ──\ncleaned\n')
      assert.equal(stderr.data.toString(), 'noted\n── tear-down ──\nwarned\n')
    }))

  it('a set-up that fails is an environment error; no unit, but the tear-down', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, action('pass'), 'thread', { ...steps, setUp: 'echo no database; exit 3' })
      const { outcome, stdout } = await unit.done
      assert.equal(outcome.status, 'environment-error')
      assert.equal(stdout.data.toString(), '── set-up ──\nno database\n── tear-down ──\ncleaned\n')
      assert.deepEqual(unit.cases, [])
    }))

  it('the tear-down runs after a time limit', () =>
    withPool({}, async (pool) => {
      const { outcome, stdout } = await start(pool, action('loop'), 'process', { ...steps, timeoutMs: 1000 })
        .done
      assert.equal(outcome.status, 'timed-out')
      assert.match(stdout.data.toString(), /cleaned/)
    }))

  it('the tear-down runs after a stop, also of the set-up', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, action('pass'), 'thread', { ...steps, setUp: 'sleep 7201', slowAfterMs: 1 })
      await unit.slow
      unit.stop('Ctrl-C')
      const { outcome, stdout } = await unit.done
      assert.deepEqual(outcome, { status: 'aborted', reason: 'Ctrl-C' })
      assert.match(stdout.data.toString(), /cleaned/)
      assert.deepEqual(running('sleep 7201'), [])
    }))

  it('the tear-down runs when the pool is closed', () =>
    withPool({}, async (pool) => {
      const unit = start(pool, action('hang'), 'thread', steps)
      await unit.firstCase
      await pool.close()
      assert.match((await unit.done).stdout.data.toString(), /cleaned/)
    }))

  it('a service of the set-up lives through a killed unit until the tear-down, and no longer', () =>
    withPool({}, async (pool) => {
      const service = {
        setUp: 'sleep 7202 >/dev/null & echo up',
        tearDown: 'pgrep -f "sleep 720[2]" >/dev/null && echo still there',
      }
      const { outcome, stdout, notes } = await start(pool, action('loop'), 'process', {
        ...service,
        timeoutMs: 1000,
      }).done
      assert.equal(outcome.status, 'timed-out')
      assert.match(stdout.data.toString(), /still there/)
      assert.deepEqual(notes, ['the set-up left 1 process behind: sleep 7202'])
      assert.deepEqual(running('sleep 7202'), [])
    }))

  it('a tear-down that fails spoils a pass and only adds a note to anything else', () =>
    withPool({}, async (pool) => {
      const failing = { tearDown: 'exit 4' }
      const passed = await start(pool, command('true'), 'process', failing).done
      assert.equal(passed.outcome.status, 'environment-error')
      const failed = await start(pool, command('false'), 'process', failing).done
      assert.equal(failed.outcome.status, 'failed')
      assert.deepEqual(failed.notes, ['the tear-down failed (exit code 4)'])
    }))
})

describe('commands', function () {
  this.timeout(30_000)

  it('are judged by their exit code', () =>
    withPool({}, async (pool) => {
      const passed = await start(pool, command('echo $((1+1))')).done
      assert.deepEqual([passed.outcome.status, passed.stdout.data.toString()], ['passed', '2\n'])
      assert.equal((await start(pool, command('exit 5')).done).outcome.status, 'failed')
      assert.equal(
        (await start(pool, command('no-such-command-here')).done).outcome.status,
        'environment-error',
      )
      assert.equal((await start(pool, command('kill -9 $$')).done).outcome.status, 'crashed')
    }))

  it('have their results read from all of stdout, though its capture is cut', () =>
    withPool({ outputLimit: { head: 10, tail: 10 } }, async (pool) => {
      const lines = Array.from({ length: 200 }, (_, at) => `ok ${at + 1} - case ${at + 1}`)
      const results = { format: 'tap', from: 'stdout' } as const
      const line = `printf '%s\\n' 'TAP version 13' '1..200' ${lines.map((each) => `'${each}'`).join(' ')}`
      const unit = start(pool, command(line, { results }))
      const { outcome, stdout } = await unit.done
      assert.equal(outcome.status, 'passed')
      assert.equal(unit.cases.length, 200)
      assert.match(stdout.data.toString(), /bytes cut/)
    }))
})
