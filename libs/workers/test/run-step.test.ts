import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'

import type { StepOrder } from '@muster/workers'
import { running } from './support/processes.ts'
import { command, ENV, start, withPool } from './support/rig.ts'

const step = (line: string, changes: Partial<StepOrder> = {}): StepOrder => ({
  name: 'set-up',
  attempt: 'suite/1@1',
  command: line,
  cwd: tmpdir(),
  env: ENV,
  timeoutMs: 60_000,
  ...changes,
})

describe('a step beside the slots', function () {
  this.timeout(30_000)

  it('tells what it printed, and that it failed', () =>
    withPool({}, async (pool) => {
      const good = await pool.runStep(step('echo out; echo err >&2')).done
      assert.deepEqual(
        [good.stdout.data.toString(), good.stderr.data.toString(), good.problem],
        ['out\n', 'err\n', undefined],
      )
      const bad = await pool.runStep(step('exit 3')).done
      assert.equal(bad.problem, 'the set-up failed (exit code 3)')
    }))

  it('leaves a service running through units in all slots, until it is released', () =>
    withPool({ workers: 2 }, async (pool) => {
      const setUp = pool.runStep(step('setsid sleep 7501 >/dev/null 2>&1 & echo up'))
      assert.equal((await setUp.done).problem, undefined)
      const check = command('pgrep -f "sleep 750[1]"')
      const units = [0, 1].map((slot) => start(pool, check, 'process', { slot }))
      for (const { done } of units) assert.equal((await done).outcome.status, 'passed')
      assert.equal(await setUp.release(), 'the set-up left 1 process behind: sleep 7501')
      assert.deepEqual(running('sleep 7501'), [])
      assert.equal(await setUp.release(), 'the set-up left 1 process behind: sleep 7501')
    }))

  it('ends its services when the pool is closed, and when it fails', async () => {
    await withPool({}, async (pool) => {
      await pool.runStep(step('sleep 7502 >/dev/null 2>&1 &')).done
      const failed = await pool.runStep(step('sleep 7503 >/dev/null 2>&1 & exit 1')).done
      assert.equal(failed.note, 'the set-up left 1 process behind: sleep 7503')
      assert.deepEqual(running('sleep 7503'), [])
      assert.notDeepEqual(running('sleep 7502'), [])
    })
    assert.deepEqual(running('sleep 7502'), [])
  })

  it('is killed by its time limit, by a stop and by the end of the pool', async () => {
    await withPool({}, async (pool) => {
      const slow = await pool.runStep(step('sleep 7504 & sleep 7504', { name: 'tear-down', timeoutMs: 100 }))
        .done
      assert.equal(slow.problem, 'the tear-down was killed after 100 ms')
      const stopped = pool.runStep(step('sleep 7504'))
      stopped.stop('Ctrl-C')
      assert.equal((await stopped.done).problem, 'the set-up was stopped: Ctrl-C')
      const cut = pool.runStep(step('sleep 7504'))
      await pool.close()
      assert.equal((await cut.done).problem, 'the set-up was stopped: the worker pool was closed')
    })
    assert.deepEqual(running('sleep 7504'), [])
  })
})
