import assert from 'node:assert/strict'
import { Steering, until } from '@muster/testkit'
import {
  commandSuite,
  nobodyLeft,
  readRecord,
  splitSuite,
  statuses,
  suiteOf,
  takeTrace,
  traceCommand,
  withWorkspace,
} from './support.ts'

const TEST = ['run-many', '-t', 'test'] as const

const steps = (name: string): { setUp: string; tearDown: string } => ({
  setUp: traceCommand(`up ${name}`),
  tearDown: traceCommand(`down ${name}`),
})

/** Two test cases a file, which say that they run. */
const talking = (name: string): string =>
  `describe('${name}', () => {\n  it('one', () => trace('case ${name} one'))\n  it('two', () => trace('case ${name} two'))\n})`

const sleepy = (name: string): string =>
  `it('${name} takes its time', () => new Promise((resolve) => setTimeout(resolve, 400)))`

describe('a suite in several units', () => {
  it('is one suite for everybody: set-up, tear-down, dependents, record, cache', () =>
    withWorkspace(
      {
        ...splitSuite(
          'split',
          { a: talking('a'), b: talking('b'), c: talking('c') },
          { shards: 3, ...steps('split') },
        ),
        ...commandSuite('next', traceCommand('next'), { dependsOn: ['split'] }),
        // What a focused test leaves out can be in another file.
        ...splitSuite(
          'focused',
          { a: "it.only('wanted', () => trace('wanted'))", b: "it('not wanted', () => trace('not wanted'))" },
          { shards: 2 },
        ),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(TEST)
        assert.equal(code, 0, stdout)
        const record = await readRecord(workspace)
        const split = suiteOf(record, 'split')
        assert.deepEqual(
          split.units.map(({ id, status }) => [id, status]),
          [1, 2, 3].map((index) => [`split#${index}/3`, 'passed']),
        )
        assert.deepEqual([split.tests, split.passed], [6, 6])
        const trace = (await takeTrace(workspace)).filter((each) => !each.includes('wanted'))
        assert.deepEqual([trace[0], ...trace.slice(-2)], ['up split', 'down split', 'next'])
        assert.equal(new Set(trace.filter((each) => each.startsWith('case'))).size, 6)
        assert.equal(trace.length, 9)
        assert.match(stdout, /focused: it ran in 2 shards, but should not be split: [^\n]*only/)

        await workspace.write('suites/focused/c.spec.js', "it('nor this one', () => {})\n")
        assert.equal((await workspace.nx(TEST)).code, 0)
        const second = await readRecord(workspace)
        assert.deepEqual(statuses(second), { focused: 'passed', next: 'cached', split: 'cached' })
        assert.equal(suiteOf(second, 'split').tests, 6)
        const focused = suiteOf(second, 'focused')
        assert.equal(focused.units.length, 1, 'it is known now that it must be whole')
        assert.deepEqual(
          focused.cases.map(({ path }) => path.join(' ')),
          ['wanted'],
        )
        assert.deepEqual(await takeTrace(workspace), ['wanted'])
      },
    ))

  it('is decided from history where one suite would hold up the run, with the same test cases', () => {
    const specs = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, sleepy(name)]))
    const rooted = { ...specs, z: "beforeEach(() => {})\nit('z', () => {})" }
    return withWorkspace(
      {
        ...splitSuite('giant', specs),
        ...splitSuite('indivisible', rooted),
        ...splitSuite('forbidden', specs, { shards: 1 }),
      },
      async (workspace) => {
        const env = { MUSTER_WORKERS: '4' }
        assert.equal((await workspace.nx(TEST, { env })).code, 0)
        const first = await readRecord(workspace)
        for (const suite of first.suites) assert.equal(suite.units.length, 1, suite.name)

        for (const name of ['giant', 'indivisible', 'forbidden'])
          await workspace.write(`suites/${name}/changed.js`, '')
        assert.equal((await workspace.nx(TEST, { env })).code, 0)
        const second = await readRecord(workspace)
        assert.ok(suiteOf(second, 'giant').units.length > 1, 'the giant is split')
        assert.equal(suiteOf(second, 'indivisible').units.length, 1, 'a hook around all files forbids it')
        assert.equal(suiteOf(second, 'forbidden').units.length, 1)
        const names = (record: typeof first): string[] =>
          suiteOf(record, 'giant')
            .cases.map(({ path }) => path.join(' '))
            .toSorted()
        assert.deepEqual(names(second), names(first))
        const units = suiteOf(second, 'giant').units.flatMap(({ files = [] }) => files)
        assert.equal(new Set(units).size, 6)
        assert.equal(units.length, 6)
      },
    )
  })

  it('is torn down once, also after a failure, a time limit and Ctrl-C', async () => {
    const steering = await Steering.open()
    const waiting = `import { awaitOrders } from '${steering.modulePath}'
it('waits', () => awaitOrders('${steering.socketPath}', 'waiting'))`
    try {
      await withWorkspace(
        {
          ...splitSuite(
            'fails',
            { a: talking('a'), b: "it('fails', () => assert.fail('no'))" },
            { shards: 2, isolation: 'process', ...steps('fails') },
          ),
          ...splitSuite(
            'hangs',
            {
              a: talking('a'),
              b: "it('hangs', () => new Promise(() => setInterval(() => {}, 1000))).timeout(0)",
            },
            { shards: 2, isolation: 'process', timeout: '2s', ...steps('hangs') },
          ),
          ...splitSuite(
            'waits',
            { a: waiting, b: waiting },
            {
              shards: 2,
              isolation: 'process',
              priority: 'low',
              runner: { name: 'mocha', options: { timeout: 0 } },
              tearDown: traceCommand('down waits'),
              setUp: `sleep 1000 & ${traceCommand('up waits')}`,
            },
          ),
          ...splitSuite(
            'never',
            { a: talking('a'), b: talking('b') },
            { shards: 2, dependsOn: ['fails'], tearDown: traceCommand('down never') },
          ),
        },
        async (workspace) => {
          const muster = workspace.spawnMuster(['run', '--workers', '4'])
          await steering.next('waiting')
          await steering.next('waiting')
          const said = async (words: string): Promise<boolean> =>
            (await workspace.read('dist/trace')).includes(words)
          await until(async () => (await said('down fails')) && (await said('down hangs')), {
            what: 'the other suites to be torn down',
            timeoutMs: 60_000,
          })
          muster.killGroup('SIGINT')
          // A failure outweighs that it was stopped.
          assert.equal((await muster.exit).code, 1)
          await nobodyLeft(workspace)
          assert.deepEqual(statuses(await readRecord(workspace)), {
            fails: 'failed',
            hangs: 'timed-out',
            never: 'skipped',
            waits: 'aborted',
          })
          const trace = (await takeTrace(workspace)).filter((each) => /^(up|down)/.test(each))
          const expected = ['fails', 'hangs', 'waits'].flatMap((name) => [`up ${name}`, `down ${name}`])
          assert.deepEqual(trace.toSorted(), expected.toSorted())
        },
      )
    } finally {
      await steering.close()
    }
  })
})
