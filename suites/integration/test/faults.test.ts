import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { NO_COUNTS } from '@muster/model'
import { Steering, until, type ScratchWorkspace } from '@muster/testkit'
import {
  commandSuite,
  coordinatorPid,
  journalOf,
  mochaSuite,
  nobodyLeft,
  readRecord,
  runIds,
  statuses,
  suiteOf,
  withWorkspace,
} from './support.ts'

const TEST = ['run-many', '-t', 'test'] as const

async function withSteering(use: (steering: Steering) => Promise<void>): Promise<void> {
  const steering = await Steering.open()
  try {
    await use(steering)
  } finally {
    await steering.close()
  }
}

/** How often each suite was really begun. */
const executions = (workspace: ScratchWorkspace): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const run of runIds(workspace)) {
    for (const event of journalOf(workspace, run)) {
      if (event.kind === 'unit-finished' && event.outcome.status === 'passed')
        counts[event.suite] = (counts[event.suite] ?? 0) + 1
    }
  }
  return counts
}

describe('faults', () => {
  it('kill -9 of the coordinator: nx is red, nobody is left, and the next run finishes the rest', () =>
    withSteering((steering) =>
      withWorkspace(
        {
          ...commandSuite('quick', 'true', { priority: 'high' }),
          ...commandSuite('stuck', steering.command('stuck')),
        },
        async (workspace) => {
          const nx = workspace.spawnNx(TEST)
          await steering.next('stuck')
          await until(() => executions(workspace)['quick'] === 1, { what: 'quick to finish' })
          process.kill(coordinatorPid(workspace) ?? assert.fail('no coordinator'), 'SIGKILL')
          const { code, stdout } = await nx.exit
          assert.notEqual(code, 0)
          assert.match(stdout, /coordinator process of this run ended unexpectedly/)
          await nobodyLeft(workspace)

          const again = workspace.spawnNx(TEST)
          await (await steering.next('stuck')).exit(0)
          assert.equal((await again.exit).code, 0)
          assert.deepEqual(statuses(await readRecord(workspace)), { quick: 'cached', stuck: 'passed' })
          assert.deepEqual(executions(workspace), { quick: 1, stuck: 1 })
        },
      ),
    ))

  it('Ctrl-C once: stops in good order, says so, and goes on from there next time', () =>
    withSteering((steering) =>
      withWorkspace(
        {
          ...commandSuite('done', 'true', { priority: 'critical' }),
          ...commandSuite('busy', steering.command('busy'), { tearDown: 'touch ../../torn-down' }),
          ...commandSuite('waiting', 'true', { dependsOn: ['busy'] }),
        },
        async (workspace) => {
          const muster = workspace.spawnMuster(['run', '--workers', '2'])
          await steering.next('busy')
          await until(() => executions(workspace)['done'] === 1, { what: 'done to finish' })
          muster.killGroup('SIGINT')
          const { code, stdout } = await muster.exit
          assert.equal(code, 130)
          assert.match(stdout, /^Tests: 1 passed, 0 failed, 0 skipped$/m)
          await nobodyLeft(workspace)
          assert.ok(workspace.exists('torn-down'), 'tear-down ran')
          const record = await readRecord(workspace)
          assert.deepEqual(statuses(record), { done: 'passed', busy: 'aborted', waiting: 'skipped' })

          const again = workspace.spawnMuster(['run', '--workers', '2'])
          await (await steering.next('busy')).exit(0)
          assert.equal((await again.exit).code, 0)
          const second = await readRecord(workspace)
          assert.deepEqual(statuses(second), { done: 'cached', busy: 'passed', waiting: 'passed' })
          assert.equal(executions(workspace)['done'], 1)
        },
      ),
    ))

  it('Ctrl-C twice: ends at once what ignores the first, and leaves nobody', () =>
    withWorkspace(
      commandSuite('stubborn', `trap '' TERM INT; echo ready; while :; do sleep 0.1; done`, {
        tearDown: 'true',
      }),
      async (workspace) => {
        const muster = workspace.spawnMuster(['run'])
        await until(
          () =>
            journalOf(workspace, runIds(workspace).at(-1) ?? '').some(
              (event) => event.kind === 'attempt-started',
            ),
          { what: 'the suite to start' },
        )
        muster.killGroup('SIGINT')
        muster.killGroup('SIGINT')
        assert.equal((await muster.exit).code, 130)
        await nobodyLeft(workspace)
      },
    ))

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`${signal} to nx: what runs is ended, what finished answers the next run`, () =>
      withSteering((steering) =>
        withWorkspace(
          {
            ...commandSuite('done', 'true', { priority: 'critical' }),
            ...commandSuite('busy', steering.command('busy')),
          },
          async (workspace) => {
            const nx = workspace.spawnNx(TEST)
            await steering.next('busy')
            await until(() => executions(workspace)['done'] === 1, { what: 'done to finish' })
            await until(
              () =>
                journalOf(workspace, runIds(workspace).at(-1) ?? '').some(
                  (event) => event.kind === 'suite-hashed',
                ),
              { what: 'the hashes' },
            )
            nx.kill(signal)
            await nx.exit
            await nobodyLeft(workspace)
            const again = workspace.spawnNx(TEST)
            await (await steering.next('busy')).exit(0)
            assert.equal((await again.exit).code, 0)
            const record = await readRecord(workspace)
            assert.deepEqual(statuses(record), { done: 'cached', busy: 'passed' })
            assert.equal(executions(workspace)['done'], 1)
          },
        ),
      ))
  }

  it('two runs at once: both answer for themselves', () =>
    withWorkspace({ ...mochaSuite('a', { pass: 2 }), ...mochaSuite('b', { pass: 3 }) }, async (workspace) => {
      const both = await Promise.all([workspace.nx(['test', 'a']), workspace.nx(['test', 'b'])])
      assert.deepEqual(
        both.map(({ code }) => code),
        [0, 0],
        both.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
      )
      const { code, stdout } = await workspace.muster(['history', '--json'])
      assert.equal(code, 0)
      const totals = (JSON.parse(stdout) as { totals: { tests: number } }[]).map((run) => run.totals.tests)
      assert.deepEqual(new Set(totals), new Set([2, 3]))
    }))

  it('a reports folder that cannot be written: the verdict stands, and it is said', async function () {
    await withWorkspace(mochaSuite('a'), async (workspace) => {
      // A file in its place can't be written to by anybody, root included.
      await workspace.write('reports', 'in the way')
      const { code, stdout } = await workspace.nx(TEST)
      assert.equal(code, 0, stdout)
      assert.match(stdout, /reports\S* was not written: .*(ENOTDIR|EEXIST)/)
      assert.match(stdout, /^Tests: 1 passed/m)
      await workspace.remove('reports')
      if (process.getuid?.() !== 0) {
        mkdirSync(workspace.path('reports'))
        chmodSync(workspace.path('reports'), 0o555)
        assert.equal((await workspace.nx(TEST)).code, 0)
        chmodSync(workspace.path('reports'), 0o755)
      }
    })
  })

  it('a history that is rubbish: it is set aside, a new one is made from the journals, the run is green', () =>
    withWorkspace(mochaSuite('a'), async (workspace) => {
      assert.equal((await workspace.nx(TEST)).code, 0)
      await nobodyLeft(workspace)
      for (const suffix of ['-wal', '-shm'])
        rmSync(workspace.path(`.muster/history.db${suffix}`), { force: true })
      writeFileSync(
        workspace.path('.muster/history.db'),
        'this is no database, and long enough to be none'.repeat(100),
      )
      assert.equal((await workspace.nx([...TEST, '--skip-nx-cache'])).code, 0)
      await nobodyLeft(workspace)
      const { code, stdout, stderr } = await workspace.muster(['history', '--json'])
      assert.equal(code, 0, stderr)
      assert.equal((JSON.parse(stdout) as unknown[]).length, 2)
    }))

  it('a full disk while journalling: the verdicts stand, and it is said', async function () {
    if (process.getuid?.() !== 0 || process.platform !== 'linux') return this.skip()
    await withWorkspace(
      {
        ...commandSuite(
          'talker',
          'i=0; while [ $i -lt 20 ]; do echo "ok $i - case number $i"; i=$((i+1)); done; echo 1..20',
          {
            runner: {
              name: 'command',
              command:
                'printf "1..400\\n"; i=1; while [ $i -le 400 ]; do echo "ok $i - a case with a long name to fill the disk, number $i"; i=$((i+1)); done',
              results: { format: 'tap', from: 'stdout' },
            },
          },
        ),
        ...commandSuite('red', 'false'),
      },
      async (workspace) => {
        mkdirSync(workspace.path('.muster'))
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', workspace.path('.muster')])
        try {
          const { code, stdout } = await workspace.nx(TEST)
          assert.notEqual(code, 0)
          assert.match(stdout, /journal .* can't be (written|opened) \(ENOSPC\)/)
          assert.match(stdout, /^Tests: 400 passed, 1 failed, 0 skipped$/m)
          assert.deepEqual(statuses(await readRecord(workspace)), { red: 'failed', talker: 'passed' })
          await nobodyLeft(workspace)
        } finally {
          execFileSync('umount', ['-l', workspace.path('.muster')])
        }
      },
    )
  })

  const CACHE_FAULTS: Record<string, (file: string) => void> = {
    'is missing': (file) => rmSync(file),
    'is torn': (file) => truncateSync(file, statSync(file).size - 20),
    'says fewer tests than were recorded': (file) => {
      // A whole, consistent evidence of one test only: what a cache poisoned by a broken runner would hold.
      const [header = '', first = ''] = readFileSync(file, 'utf8').split('\n')
      const evidence = JSON.parse(header) as { counts: object; casesSha256: string }
      evidence.counts = { ...NO_COUNTS, tests: 1, passed: 1 }
      evidence.casesSha256 = createHash('sha256').update(`${first}\n`).digest('hex')
      writeFileSync(file, `${JSON.stringify(evidence)}\n${first}\n`)
    },
  }
  for (const [title, damage] of Object.entries(CACHE_FAULTS)) {
    it(`a cache hit whose evidence ${title} is no pass but a loud rerun, and the cache is mended`, () =>
      withWorkspace(mochaSuite('a', { pass: 3 }), async (workspace) => {
        assert.equal((await workspace.nx(TEST)).code, 0)
        const { hash } = suiteOf(await readRecord(workspace), 'a')
        damage(workspace.path('.nx/cache', hash ?? '', '.muster/evidence/a/evidence.ndjson'))
        await workspace.remove('.muster/evidence')
        const { code, stdout } = await workspace.nx(TEST)
        assert.equal(code, 0, stdout)
        assert.match(stdout, /cached result not believed, run again/)
        assert.deepEqual(statuses(await readRecord(workspace)), { a: 'passed' })
        await workspace.remove('.muster/evidence')
        assert.equal((await workspace.nx(TEST)).code, 0)
        assert.deepEqual(statuses(await readRecord(workspace)), { a: 'cached' })
      }))
  }

  it('a worker that dies under a suite crashes that suite alone', () =>
    withWorkspace(
      {
        ...mochaSuite('dies'),
        'suites/dies/dies.spec.js': "it('aborts', () => process.abort())\n",
        ...mochaSuite('lives', { pass: 2 }),
      },
      async (workspace) => {
        const { code } = await workspace.nx(TEST)
        assert.notEqual(code, 0)
        assert.deepEqual(statuses(await readRecord(workspace)), { dies: 'crashed', lives: 'passed' })
        await nobodyLeft(workspace)
      },
    ))
})
