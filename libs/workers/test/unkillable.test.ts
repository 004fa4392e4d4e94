import assert from 'node:assert/strict'

import { openCells } from '../src/cgroups/cells.ts'
import { newToken } from '../src/processes/marker.ts'
import { gone, running } from './support/processes.ts'
import { command, start, withPool } from './support/rig.ts'

/** Each begins something that is hard to end, says so and stays. All would run for hours. */
const DEAF: Readonly<Record<string, string>> = {
  'ignores SIGTERM': `trap '' TERM INT HUP; sh -c 'sleep 7601' & echo ready; while :; do sleep 7601; done`,
  'is stopped': `sleep 7601 & kill -STOP $!; echo ready; kill -STOP $$; sleep 7601`,
  'has forked twice into a session of its own': `setsid sh -c '(sleep 7601 >/dev/null 2>&1 &)'; echo ready; sleep 7601`,
  'forks on and on': `echo ready; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); (sleep 7601 & exec sleep 0.01) & done; wait`,
}

/** Only a cgroup keeps it: it has no environment, no parent, no group and no session in common. */
const ESCAPED = `env -i /usr/bin/setsid sh -c '(setsid sleep 7602 >/dev/null 2>&1 &)'; echo ready; sleep 7602`

const hasCgroups = (): boolean => {
  const cells = openCells(newToken())
  cells.close()
  return cells.places.kill !== undefined
}

for (const cgroups of [true, false]) {
  describe(`killing ${cgroups ? 'as well as this machine can' : 'without cgroups'}`, function () {
    this.timeout(60_000)

    for (const [name, line] of Object.entries(DEAF)) {
      it(`leaves nothing of what ${name}`, () =>
        withPool({ cgroups }, async (pool) => {
          const unit = start(pool, command(line), 'process', { slowAfterMs: 300, limits: { processes: 400 } })
          await unit.slow
          unit.stop('enough')
          assert.equal((await unit.done).outcome.status, 'aborted')
          assert.deepEqual(running('sleep 7601'), [])
        }))
    }
  })
}

describe('killing what has cut all ties', function () {
  this.timeout(30_000)

  it('needs a cgroup, and leaves nothing', function () {
    if (!hasCgroups()) {
      this.test!.title += ' (skipped: no cgroup can be made here)'
      return this.skip()
    }
    return withPool({}, async (pool) => {
      const unit = start(pool, command(ESCAPED), 'process')
      await gone(() => (running('sleep 7602').length >= 3 ? [] : ['what escapes has not begun']))
      unit.stop('enough')
      await unit.done
      assert.deepEqual(running('sleep 7602'), [])
    })
  })

  it('does not wait for zombies', () =>
    withPool({}, async (pool) => {
      // sleep takes the shell's place and never waits for its child, which is a zombie from its end on.
      const line = 'sleep 0.05 & exec sleep 0.4'
      const { outcome, notes } = await start(pool, command(line)).done
      assert.deepEqual([outcome.status, notes], ['passed', []])
    }))
})
