import assert from 'node:assert/strict'
import { listRuns, readOpenMarker, wasCutOff } from '@muster/engine'
import { journalFile, readJournal } from '@muster/engine/journal'
import type { RunEvent, RunRecord } from '@muster/model'
import { createScratchWorkspace, until, type ScratchWorkspace } from '@muster/testkit'

const COMMANDS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5']
/** Numbers of journalled events, spread over a run: from its first event to its last answers. */
const MOMENTS = [0, 8, 20, 26, 32]

const declare = (name: string, more: object): Record<string, string> => ({
  [`suites/${name}/suite.json`]: JSON.stringify({ name, kind: 'unit', ...more }),
})
const spec = (name: string): string =>
  `import { appendFileSync } from 'node:fs'
it('${name}', () => appendFileSync(new URL('../../dist/trace', import.meta.url), 'split ${name}\\n'))`

const FILES: Record<string, string> = {
  ...Object.assign(
    {},
    ...COMMANDS.map((name) =>
      declare(name, { runner: { name: 'command', command: `echo ${name} >> ../../dist/trace; sleep 0.1` } }),
    ),
  ),
  ...declare('split', { runner: 'mocha', shards: 2, priority: 'low' }),
  'suites/split/a.spec.js': spec('a'),
  'suites/split/b.spec.js': spec('b'),
  'dist/trace': '',
}

async function newestJournal({ root }: ScratchWorkspace): Promise<readonly RunEvent[]> {
  const run = (await listRuns(root)).at(-1)
  return run === undefined
    ? []
    : (await readJournal(journalFile(root, run)).catch(() => ({ events: [] }))).events
}

/** Kills the coordinator of the newest run when that has so many events; nothing when the run ended before. */
async function killAt(workspace: ScratchWorkspace, moment: number, runsBefore: number): Promise<boolean> {
  const { root } = workspace
  const nx = workspace.spawnNx(['run-many', '-t', 'test'])
  let ended = false
  const exit = nx.exit.finally(() => (ended = true))
  const reached = async (): Promise<boolean> =>
    ended || ((await listRuns(root)).length > runsBefore && (await newestJournal(workspace)).length > moment)
  await until(reached, { what: `event ${moment}`, timeoutMs: 60_000, everyMs: 5 })
  const run = (await listRuns(root)).at(-1)
  const pid = run === undefined || ended ? undefined : (await readOpenMarker(root, run))?.pid
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  const { code } = await exit
  const { verdict } = await workspace.readJson<RunRecord>('reports/latest/run.json')
  assert.equal(verdict === 'passed', code === 0, `nx ended with ${code}, the report says ${verdict}`)
  await until(async () => (await workspace.processes()).length === 0, { what: 'every process to end' })
  return pid !== undefined
}

describe('kill -9 of the coordinator of nx', () => {
  it('at moments of one run after the other: `muster resume` finishes what is left, and each suite has one result', async function () {
    if (process.platform !== 'linux') return this.skip()
    const workspace = await createScratchWorkspace({ files: FILES, env: { NX_ISOLATE_PLUGINS: 'false' } })
    try {
      let kills = 0
      for (const [index, moment] of MOMENTS.entries()) if (await killAt(workspace, moment, index)) kills++
      assert.ok(kills > 0, 'the coordinator was killed at least once')
      const [newest] = (await listRuns(workspace.root)).toReversed()
      const open = newest !== undefined && (await wasCutOff(workspace.root, newest))
      const { code, stdout, stderr } = await (open
        ? workspace.muster(['resume'])
        : workspace.nx(['run-many', '-t', 'test']))
      assert.equal(code, 0, stdout + stderr)

      const record = await workspace.readJson<RunRecord>('reports/latest/run.json')
      assert.deepEqual(
        record.suites.map(({ name, status }) => `${name} ${status}`).toSorted(),
        [...COMMANDS, 'split'].map((name) => `${name} passed`),
      )
      await assertOnce(workspace)
    } finally {
      await workspace.dispose()
    }
  })
})

/** What had passed was never begun again, and whatever was begun twice had been cut off. */
async function assertOnce(workspace: ScratchWorkspace): Promise<void> {
  const { root } = workspace
  const passed = new Set<string>()
  const begun = new Map<string, number>()
  for (const run of await listRuns(root)) {
    const { events, damaged } = await readJournal(journalFile(root, run)).catch(() => ({
      events: [],
      damaged: 0,
    }))
    assert.equal(damaged, 0, run)
    for (const event of events) {
      if (event.kind === 'attempt-started') {
        assert.ok(!passed.has(event.unit), `${event.unit} ran again in ${run}`)
        begun.set(event.unit, (begun.get(event.unit) ?? 0) + 1)
      }
    }
    for (const event of events)
      if (
        event.kind === 'unit-finished' &&
        COMMANDS.includes(event.unit) &&
        event.outcome.status === 'passed'
      )
        passed.add(event.unit)
  }
  const lines = (await workspace.read('dist/trace')).split('\n')
  for (const name of COMMANDS) {
    const times = lines.filter((each) => each === name).length
    assert.ok(times >= 1 && times <= (begun.get(name) ?? 0), `${name} ran ${times} times`)
  }
}
