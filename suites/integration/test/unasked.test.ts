import assert from 'node:assert/strict'
import type { RunRecord } from '@muster/model'
import type { ScratchWorkspace } from '@muster/testkit'
import { commandSuite, mochaSuite, readRecord, statuses, withWorkspace } from './support.ts'

/** A library that is built before its suite, so that there are outputs besides Muster's. */
const LIB = {
  'libs/lib/project.json': JSON.stringify({
    name: 'lib',
    targets: {
      build: {
        executor: 'nx:run-commands',
        cache: true,
        inputs: ['{projectRoot}/**/*'],
        outputs: ['{workspaceRoot}/dist/lib'],
        options: { command: 'mkdir -p dist/lib && cp libs/lib/source.txt dist/lib/built.txt' },
      },
    },
  }),
  'libs/lib/source.txt': 'one\n',
}

const BUILT_FIRST = { targetDefaults: { test: { dependsOn: ['^build'] } } }

const wasUnasked = ({ notes }: RunRecord): boolean =>
  notes.some(({ message }) => message.includes('answered without asking Nx'))

interface Outcome {
  readonly unasked: boolean
  readonly suites: Record<string, string>
}

async function run(workspace: ScratchWorkspace, env: Record<string, string> = {}): Promise<Outcome> {
  const { code, stdout, stderr } = await workspace.muster(['run'], { env })
  assert.equal(code, 0, stdout + stderr)
  const record = await readRecord(workspace)
  return { unasked: wasUnasked(record), suites: statuses(record) }
}

const CACHED = { built: 'cached', plain: 'cached', zone: 'cached' }

describe('muster run, when nothing has changed', () => {
  it('answers without Nx, and asks it after whatever could change an answer', () =>
    withWorkspace(
      {
        ...LIB,
        ...mochaSuite('plain', { pass: 3 }),
        ...commandSuite('built', 'grep -q . ../../dist/lib/built.txt', {
          covers: ['lib'],
        }),
        ...commandSuite('zone', 'true', { env: ['ZONE'] }),
      },
      async (workspace) => {
        const first = await run(workspace)
        assert.deepEqual(first, {
          unasked: false,
          suites: { built: 'passed', plain: 'passed', zone: 'passed' },
        })
        const executed = (await readRecord(workspace)).runId

        assert.deepEqual(await run(workspace), { unasked: true, suites: CACHED })
        const record = await readRecord(workspace)
        assert.equal(record.totals.tests, 5)
        assert.deepEqual(
          record.suites.map(({ from, cases }) => [from?.runId, from?.source, cases.length > 0]),
          record.suites.map(() => [executed, 'nx-cache', true]),
        )

        // An input: only its suite runs.
        await workspace.write('suites/plain/plain.spec.js', "it('is new', () => {})\n")
        assert.deepEqual(await run(workspace), { unasked: false, suites: { ...CACHED, plain: 'passed' } })
        assert.equal((await run(workspace)).unasked, true)

        // A file that is no input of anything: Nx is asked, and has all of it.
        await workspace.write('notes.txt', 'mine\n')
        assert.deepEqual(await run(workspace), { unasked: false, suites: CACHED })
        assert.equal((await run(workspace)).unasked, true)

        // An output that is gone: Nx brings it back.
        await workspace.remove('dist/lib')
        assert.deepEqual(await run(workspace), { unasked: false, suites: CACHED })
        assert.equal(await workspace.read('dist/lib/built.txt'), 'one\n')

        // A variable that is an input of one suite.
        assert.deepEqual(await run(workspace, { ZONE: 'utc' }), {
          unasked: false,
          suites: { ...CACHED, zone: 'passed' },
        })
        assert.equal((await run(workspace, { ZONE: 'utc' })).unasked, true)
        assert.equal((await run(workspace, { NX_VERBOSE_LOGGING: 'true' })).unasked, false)
      },
      BUILT_FIRST,
    ))

  it('asks Nx when its cache is gone, when evidence is damaged, and when told to run anew', () =>
    withWorkspace(mochaSuite('plain', { pass: 2 }), async (workspace) => {
      const passed = { unasked: false, suites: { plain: 'passed' } }
      assert.deepEqual(await run(workspace), passed)
      assert.equal((await run(workspace)).unasked, true)

      // Nx has it whole.
      await workspace.write('.muster/evidence/plain/evidence.ndjson', 'rubbish\n')
      assert.deepEqual(await run(workspace), { unasked: false, suites: { plain: 'cached' } })
      assert.equal((await run(workspace)).unasked, true)

      const fresh = await workspace.muster(['run', '--skip-cache'])
      assert.equal(fresh.code, 0)
      assert.deepEqual(statuses(await readRecord(workspace)), { plain: 'passed' })

      await workspace.remove('.nx')
      assert.deepEqual(await run(workspace), passed)
    }))

  it('asks Nx each time about a task that Nx does not cache, and after a failure', () =>
    withWorkspace(
      {
        ...LIB,
        'libs/lib/project.json': LIB['libs/lib/project.json'].replace('"cache":true', '"cache":false'),
        ...commandSuite('weak', 'test -e ../../fixed.txt', { covers: ['lib'] }),
      },
      async (workspace) => {
        assert.equal((await workspace.muster(['run'])).code, 1)
        assert.equal((await workspace.muster(['run'])).code, 1)
        await workspace.write('fixed.txt', '')
        await run(workspace)
        assert.equal((await run(workspace)).unasked, false)
      },
      BUILT_FIRST,
    ))
})
