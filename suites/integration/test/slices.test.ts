import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { Steering, until, type ScratchWorkspace } from '@muster/testkit'
import { commandSuite, journalOf, readRecord, runIds, statuses, withWorkspace } from './support.ts'

/** Every answer ends a slice. */
const SLICED = { plugins: [{ plugin: '@muster/nx', options: { sliceSeconds: 0.001, workers: 1 } }] }

/** Suites that Nx has in its cache by now. */
function cachedSuites(workspace: ScratchWorkspace): string[] {
  const cache = workspace.path('.nx/cache')
  return readdirSync(cache).flatMap((entry) => {
    try {
      return readdirSync(`${cache}/${entry}/.muster/evidence`)
    } catch {
      return []
    }
  })
}

const WAYS = [
  {
    way: 'nx',
    forks: true,
    start: (workspace: ScratchWorkspace) => workspace.spawnNx(['run-many', '-t', 'test']),
  },
  {
    way: 'muster run',
    forks: false,
    start: (workspace: ScratchWorkspace) => workspace.spawnMuster(['run']),
  },
] as const

describe('a batch in slices', () => {
  for (const { way, forks, start } of WAYS)
    it(`${way}: what has finished is in Nx's cache while the rest runs, and nothing runs twice`, async () => {
      const steering = await Steering.open()
      try {
        await withWorkspace(
          {
            ...commandSuite('first', steering.command('first')),
            ...commandSuite('second', steering.command('second'), { dependsOn: ['first'] }),
            ...commandSuite('third', steering.command('third'), { dependsOn: ['second'] }),
          },
          async (workspace) => {
            const running = start(workspace)
            await (await steering.next('first')).exit(0)
            const second = await steering.next('second')
            await until(() => cachedSuites(workspace).length > 0, { what: 'the first suite in the cache' })
            assert.deepEqual(cachedSuites(workspace), ['first'])
            const workers = (await workspace.processes()).filter(({ command }) =>
              command.includes('run-batch'),
            )
            assert.equal(workers.length > 0, forks, 'a batch worker of Nx')

            await second.exit(0)
            await (await steering.next('third')).exit(0)
            const { code, stdout, stderr } = await running.exit
            assert.equal(code, 0, stdout + stderr)
            assert.deepEqual(statuses(await readRecord(workspace)), {
              first: 'passed',
              second: 'passed',
              third: 'passed',
            })
            const begun = journalOf(workspace, runIds(workspace).at(-1) ?? '').filter(
              ({ kind }) => kind === 'attempt-started',
            )
            assert.equal(begun.length, 3)
          },
          SLICED,
        )
      } finally {
        await steering.close()
      }
    })
})
