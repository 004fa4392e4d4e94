import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { commandSuite, readRecord, statuses, suiteOf, takeTrace, withWorkspace } from './support.ts'

/** Names are shared by all runs on the machine, so that each test needs its own. */
const own = randomBytes(4).toString('hex')
const PORT = `port:${own}`
const DATABASE = `database-${own}`

/** Says when it comes and goes, and stays for long enough to be met by whoever may. */
const visit = (name: string, room: string, requires: object): Record<string, string> =>
  commandSuite(
    name,
    `echo enter ${room} ${name} >> ../../dist/trace; sleep 0.3; echo leave ${room} ${name} >> ../../dist/trace`,
    { requires },
  )

/** The same, but nobody leaves before two have come. */
const meet = (name: string, room: string, requires: object): Record<string, string> => {
  const bothCame = `[ $(grep -c 'enter ${room}' ../../dist/trace) -ge 2 ]`
  return commandSuite(
    name,
    `echo enter ${room} ${name} >> ../../dist/trace; until ${bothCame}; do sleep 0.05; done; echo leave ${room} ${name} >> ../../dist/trace`,
    { requires, timeout: '60s' },
  )
}

/** The most that were in a room at a time. */
function mostIn(room: string, trace: readonly string[]): number {
  let inside = 0
  let most = 0
  for (const line of trace) {
    const [what, where] = line.split(' ')
    if (where !== room) continue
    inside += what === 'enter' ? 1 : -1
    most = Math.max(most, inside)
  }
  assert.equal(inside, 0, `everybody has left ${room}`)
  return most
}

describe('resources', () => {
  it('never gives more than there is, in one run and between two at once', () =>
    withWorkspace(
      {
        ...visit('port1', 'port', { exclusive: [PORT] }),
        ...visit('port2', 'port', { exclusive: [PORT] }),
        ...visit('port3', 'port', { exclusive: [PORT] }),
        ...visit('port4', 'port', { exclusive: [PORT] }),
        ...meet('rows1', 'database', { semaphores: { [DATABASE]: 1 } }),
        ...meet('rows2', 'database', { semaphores: { [DATABASE]: 1 } }),
        ...meet('rows3', 'database', { semaphores: { [DATABASE]: 1 } }),
        ...meet('rows4', 'database', { semaphores: { [DATABASE]: 1 } }),
        ...visit('free1', 'anywhere', {}),
        ...visit('free2', 'anywhere', {}),
      },
      async (workspace) => {
        const test = (...names: string[]) =>
          workspace.nx(['run-many', '-t', 'test', '-p', ...names], { env: { MUSTER_WORKERS: '4' } })
        const both = await Promise.all([
          test('port1', 'port2', 'rows1', 'rows2', 'free1'),
          test('port3', 'port4', 'rows3', 'rows4', 'free2'),
        ])
        for (const { code, stdout, stderr } of both) assert.equal(code, 0, stdout + stderr)
        const trace = await takeTrace(workspace)
        assert.equal(trace.length, 20)
        assert.equal(mostIn('port', trace), 1)
        assert.equal(mostIn('database', trace), 2, 'two permits, and both are used')
      },
      { plugins: [{ plugin: '@muster/nx', options: { semaphores: { [DATABASE]: 2 } } }] },
    ))

  it('runs alone what wants more cores than there are, and says which board is missing', () =>
    withWorkspace(
      {
        ...visit('big', 'machine', { cpus: 64 }),
        ...visit('small1', 'machine', { cpus: 1 }),
        ...visit('small2', 'machine', { cpus: 1 }),
        ...visit('board', 'board', { labels: ['no-such-board'] }),
        ...commandSuite('on-board', 'true', { dependsOn: ['board'] }),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(['run-many', '-t', 'test'], {
          env: { MUSTER_WORKERS: '2' },
        })
        assert.notEqual(code, 0)
        const record = await readRecord(workspace)
        assert.deepEqual(statuses(record), {
          big: 'passed',
          board: 'no-device',
          'on-board': 'skipped',
          small1: 'passed',
          small2: 'passed',
        })
        assert.equal(record.verdict, 'error', 'no test failed')
        assert.match(suiteOf(record, 'board').message ?? '', /no-such-board/)
        assert.match(stdout, /no-such-board/)
        const trace = await takeTrace(workspace)
        const at = trace.indexOf('enter machine big')
        assert.equal(trace[at + 1], 'leave machine big')
        assert.ok(mostIn('machine', trace.slice(0, at)) + mostIn('machine', trace.slice(at + 2)) > 0)
      },
    ))

  it('ends what uses more memory than it may, and says so', async function () {
    if (process.platform !== 'linux') return this.skip()
    const hog = `const kept = []; setInterval(() => kept.push(Buffer.alloc(20e6, 1)), 20)`
    await withWorkspace(
      {
        ...commandSuite('hog', `'${process.execPath}' -e '${hog}'`, {
          limits: { memory: '200MB' },
          timeout: '60s',
        }),
        ...commandSuite('modest', 'true', { limits: { memory: '200MB' } }),
      },
      async (workspace) => {
        const { code, stdout } = await workspace.nx(['run-many', '-t', 'test'])
        assert.notEqual(code, 0)
        const record = await readRecord(workspace)
        assert.deepEqual(statuses(record), { hog: 'crashed', modest: 'passed' })
        assert.match(suiteOf(record, 'hog').message ?? '', /memory/)
        assert.match(stdout, /memory/)
      },
    )
  })
})
