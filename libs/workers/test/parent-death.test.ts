import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { reachableHierarchies } from '../src/cgroups/cells.ts'
import { gone, marked, running } from './support/processes.ts'
import { ROOT } from './support/rig.ts'

/** Cgroups of pools that the process had made. */
const ownedCgroups = (pid = 0): string[] =>
  reachableHierarchies().flatMap(({ folder }) =>
    readdirSync(folder).filter((name) => new RegExp(`^muster-[0-9a-f]+-${pid}-`).test(name)),
  )

const COORDINATOR = fileURLToPath(new URL('./fixtures/coordinator.mjs', import.meta.url))

describe('a coordinator that dies by kill -9', function () {
  this.timeout(30_000)

  for (const isolation of ['thread', 'process', 'none']) {
    it(`takes everything along: a busy test in ${isolation}, its child in another session`, async () => {
      const tag = `parent-death-${process.pid}-${isolation}`
      const coordinator = spawn(process.execPath, [COORDINATOR, isolation], {
        cwd: ROOT,
        env: { ...process.env, TAG: tag },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await once(coordinator.stdout, 'data')
      assert.ok(marked(tag).length >= 4, 'coordinator, host, child and the guardian are there')
      coordinator.kill('SIGKILL')
      assert.deepEqual(await gone(() => marked(tag)), [])
      assert.deepEqual(running('sleep 7002'), [])
      assert.deepEqual(await gone(() => ownedCgroups(coordinator.pid)), [])
    })
  }

  it('is survived by nothing when it just exits, without closing its pool', async () => {
    const tag = `parent-exit-${process.pid}`
    const coordinator = spawn(process.execPath, [COORDINATOR, 'process', 'exit'], {
      cwd: ROOT,
      env: { ...process.env, TAG: tag },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(coordinator, 'exit')
    assert.deepEqual(await gone(() => marked(tag)), [])
  })
})
