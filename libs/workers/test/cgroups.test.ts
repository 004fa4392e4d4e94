import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Ability } from '../src/cgroups/abilities.ts'
import type { Cell } from '../src/cgroups/cell.ts'
import { type Cells, openCells, reachableHierarchies } from '../src/cgroups/cells.ts'
import { type Hierarchy, ownHierarchies } from '../src/cgroups/hierarchies.ts'
import { limitCell } from '../src/cgroups/limit-cell.ts'
import { sweepCells } from '../src/cgroups/sweep-cells.ts'
import { newToken } from '../src/processes/marker.ts'
import { cellGauge } from '../src/usage/gauge.ts'
import { gone, running } from './support/processes.ts'

describe('ownHierarchies', () => {
  const mounts = [
    '31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755',
    '33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct',
    '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory',
    '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  ].join('\n')

  it('finds our folder in each tree of a hybrid machine, version 2 first', () => {
    const cgroups = '4:memory:/job/7\n2:cpu,cpuacct:/\n1:name=systemd:/x\n0::/user.slice\n'
    assert.deepEqual(ownHierarchies(cgroups, mounts), [
      { version: 2, controllers: [], folder: '/sys/fs/cgroup/unified/user.slice' },
      { version: 1, controllers: ['memory'], folder: '/sys/fs/cgroup/memory/job/7' },
      { version: 1, controllers: ['cpu', 'cpuacct'], folder: '/sys/fs/cgroup/cpu,cpuacct' },
    ])
  })

  it('sees only what a container was given: its own part, or nothing', () => {
    const mount = '50 40 0:30 /docker/ab /sys/fs/my\\040cgroup ro - cgroup2 cgroup rw,nsdelegate'
    const folder = (path: string): string | undefined => ownHierarchies(`0::${path}\n`, mount)[0]?.folder
    assert.equal(folder('/docker/ab'), '/sys/fs/my cgroup')
    assert.equal(folder('/docker/ab/c'), '/sys/fs/my cgroup/c')
    assert.equal(folder('/docker/abc'), undefined)
    assert.equal(folder('/../other'), undefined)
  })
})

/** A cell of a pool of its own, of which nothing may be left. */
async function withCell(cells: Cells, use: (cell: Cell) => Promise<void>): Promise<void> {
  const cell = cells.make()
  try {
    await use(cell as Cell)
  } finally {
    cell?.kill(new Set())
    if (cell) await gone(() => cell.pids())
    cells.close()
  }
  for (const place of Object.values(cells.places)) assert.ok(!existsSync(place.folder), place.folder)
}

const run = (cell: Cell, line: string): ReturnType<typeof spawn> =>
  spawn('/bin/sh', ['-c', `for f in $CELL; do echo 0 >$f; done; ${line}`], {
    env: { CELL: cell.entrances.join(' '), PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'ignore'],
  })

/** Each machine has what it has; a hybrid one shows both versions. */
const TREES: readonly [name: string, hierarchies: () => Hierarchy[]][] = [
  ['whatever is here', () => reachableHierarchies()],
  ['version 1 alone', () => reachableHierarchies().filter(({ version }) => version === 1)],
]

for (const [name, hierarchies] of TREES) {
  /** Says why where a machine can't do it. */
  function test(title: string, needs: readonly Ability[], use: (cell: Cell) => Promise<void>): void {
    it(title, function () {
      const cells = openCells(newToken(), hierarchies())
      const missing = needs.filter((each) => !cells.places[each])
      if (missing.length > 0) {
        cells.close()
        this.test!.title += ` (skipped: no writable cgroup for ${missing.join(', ')})`
        this.skip()
      }
      return withCell(cells, use)
    })
  }

  describe(`a cell, by ${name}`, function () {
    this.timeout(30_000)

    test(
      'holds what leaves group, session, parent and environment, until it is killed',
      ['kill'],
      async (cell) => {
        const shell = run(
          cell,
          `env -i setsid sh -c 'sleep 7401 & sleep 7401 &' & wait; echo ready; read -r line`,
        )
        await once(shell.stdout!, 'data')
        const strays = (): number[] => cell.pids().filter((pid) => pid !== shell.pid)
        assert.equal(strays().length, 2)
        assert.ok(shell.pid !== undefined && cell.pids().includes(shell.pid))
        cell.kill(new Set([shell.pid]))
        assert.deepEqual(await gone(strays), [])
        assert.deepEqual(cell.pids(), [shell.pid])
      },
    )

    test('kills stopped processes and what forks without end', ['kill', 'processes'], async (cell) => {
      limitCell(cell, { processes: 60 })
      const shell = run(cell, `echo ready; (kill -STOP $$; sleep 7403) & while :; do (sleep 7403) & done`)
      await once(shell.stdout!, 'data')
      const ended = once(shell, 'exit')
      for (let left = cell.pids(); left.length > 0; left = cell.pids()) {
        cell.kill(new Set())
        await new Promise((resolve) => setImmediate(resolve))
      }
      await ended
      assert.deepEqual(await gone(() => running('sleep 7403')), [])
    })

    test(
      'tells the time and memory of processes that nobody has seen',
      ['cpuTime', 'memory'],
      async (cell) => {
        const gauge = cellGauge(cell)
        const script =
          'const b = Buffer.alloc(100e6, 1); while (process.cpuUsage().user < 200e3) for (let at = 0; at < 1e6; at++);'
        await once(run(cell, `${process.execPath} -e '${script}'`), 'exit')
        const { cpuMs } = gauge.read() ?? { cpuMs: 0 }
        assert.ok(cpuMs >= 200 && cpuMs < 5000, `${cpuMs} ms`)
        const peak = gauge.peak() ?? 0
        assert.ok(peak >= 100e6 && peak < 250e6, `${peak} bytes`)
      },
    )
  })
}

describe('cgroups of a pool that died', function () {
  this.timeout(30_000)

  it('are emptied and removed by the next one, and those of the living are left alone', async function () {
    const [tree] = reachableHierarchies()
    const cells = openCells(newToken())
    const place = cells.places.kill
    if (!tree || !place) {
      cells.close()
      return this.skip()
    }
    const dead = spawn('true')
    await once(dead, 'exit')
    const space = /\d+$/.exec(place.folder)?.[0]
    const abandoned = join(place.folder, '..', `muster-${newToken()}-${dead.pid}-1-${space}`)
    mkdirSync(join(abandoned, '1'), { recursive: true })
    execFileSync('/bin/sh', ['-c', `echo 0 >'${abandoned}/1/cgroup.procs'; sleep 7404 >/dev/null 2>&1 &`])
    assert.match(readFileSync(join(abandoned, '1/cgroup.procs'), 'utf8'), /\d/)
    await sweepCells()
    assert.deepEqual(running('sleep 7404'), [])
    assert.ok(!existsSync(abandoned))
    assert.ok(existsSync(place.folder))
    cells.close()
  })
})
