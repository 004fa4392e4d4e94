import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as fc from 'fast-check'
import { attach, connectTo, socketPath, type CoordinatorConnection } from '../src/coordinator/client.ts'
import { lineSocket } from '../src/coordinator/line-socket.ts'
import { listen } from '../src/coordinator/listen.ts'
import { ownerProcess } from '../src/coordinator/process-info.ts'
import type { CoordinatorConfig } from '../src/coordinator/protocol.ts'
import { isAlive, listRuns, readOpenMarker } from '../src/journal/run-store.ts'
import { inScratch, inWorkspace, SETTINGS, settle } from './support.ts'

/** A server and a raw client, connected. */
async function pair(root: string): Promise<{ server: Server; here: Socket; there: Socket }> {
  const server = createServer()
  server.listen(path.join(root, 's.sock'))
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const there = connect(path.join(root, 's.sock'))
  const [here] = await accepted
  return { server, here, there }
}

const closed = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()))

/** A socket file that nobody serves: its server was killed before it could remove it. */
function leaveSocket(file: string): void {
  const code = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', code])
  assert.ok(existsSync(file))
}

/** Nobody tells when somebody else's process ends: polls, within 10 s. */
async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; isAlive(pid) && tries < 1000; tries++) await delay(10)
  return !isAlive(pid)
}

describe('line socket', () => {
  it('brings every message whole and in order, however the bytes are cut', () =>
    inScratch(async (root) => {
      const { server, here, there } = await pair(root)
      const got: unknown[] = []
      lineSocket<unknown, unknown>(here).onMessage((message) => got.push(message))
      const sent: unknown[] = []
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.jsonValue(), { maxLength: 5 }),
          fc.integer({ min: 1, max: 9 }),
          async (values, size) => {
            const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
            for (let at = 0; at < bytes.length; at += size) there.write(bytes.subarray(at, at + size))
            sent.push(...values.map((value) => JSON.parse(JSON.stringify(value)) as unknown))
            while (got.length < sent.length) await settle()
          },
        ),
        { numRuns: 30 },
      )
      assert.deepEqual(got, sent)
      there.end()
      await closed(server)
    }))

  it('hangs up on a peer that speaks something else', () =>
    inScratch(async (root) => {
      const { server, here, there } = await pair(root)
      const line = lineSocket<unknown, unknown>(here)
      const hungUp = new Promise<void>((resolve) => line.onClose(resolve))
      there.on('error', () => undefined)
      there.write('GET / HTTP/1.1\n')
      await hungUp
      line.send({ late: true })
      await closed(server)
    }))
})

describe('listen', () => {
  it('leaves a socket to who serves it', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'c.sock')
      const first = await listen(file, () => undefined)
      assert.ok(first)
      assert.equal(await listen(file, () => undefined), undefined)
      await closed(first)
    }))

  it('takes over the socket of a dead one', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'c.sock')
      leaveSocket(file)
      assert.equal(await connectTo(file), undefined)
      const server = await listen(file, (socket) => socket.end())
      assert.ok(server)
      assert.ok(await connectTo(file))
      assert.equal(existsSync(`${file}.takeover`), false)
      await closed(server)
    }))

  it('lets exactly one of several take it over', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'c.sock')
      leaveSocket(file)
      const servers = await Promise.all([1, 2, 3, 4].map(() => listen(file, (socket) => socket.end())))
      const serving = servers.filter((each) => each !== undefined)
      assert.equal(serving.length, 1)
      assert.ok(await connectTo(file), 'and the one that serves can be reached')
      await closed(serving[0])
    }))

  it('is not kept out for ever by one that died while taking over', () =>
    inScratch(async (root) => {
      const file = path.join(root, 'c.sock')
      leaveSocket(file)
      writeFileSync(`${file}.takeover`, '')
      assert.equal(await listen(file, () => undefined), undefined, 'it may be at it just now')
      const { now } = Date
      Date.now = () => now() + 60_000
      try {
        const server = await listen(file, () => undefined)
        assert.ok(server)
        await closed(server)
      } finally {
        Date.now = now
      }
    }))
})

describe('attach', function () {
  this.timeout(60_000)

  it('gives clients that start at once the same coordinator, which goes when its owner says so', () =>
    inWorkspace(async (root) => {
      const owner = ownerProcess(process.pid)
      assert.ok(owner)
      const config: CoordinatorConfig = {
        root,
        socket: socketPath(root, owner),
        owner,
        ...SETTINGS,
        reports: false,
      }
      const connections = await Promise.all([1, 2, 3].map(() => attach(config)))
      const open = connections.filter((each): each is CoordinatorConnection => each !== undefined)
      assert.equal(open.length, 3)
      const { run, marker } = await openRunOf(root)
      const [first, ...others] = open
      const finished = new Promise<string>((resolve) => first?.onMessage((message) => resolve(message.type)))
      first?.send({ type: 'finish', executed: [], believed: [], rejected: [] })
      assert.equal(await finished, 'finished')
      assert.equal(await readOpenMarker(root, run), undefined, 'it is closed in good order')
      assert.deepEqual(await listRuns(root), [run], 'each coordinator has a run')
      for (const each of others) each.close()
      assert.ok(await isGone(marker.pid), 'and its process goes')
    }))
})

/** A coordinator listens first, and makes its run when the rest of it is loaded. */
async function openRunOf(root: string) {
  for (;;) {
    const [run] = await listRuns(root)
    const marker = run && (await readOpenMarker(root, run))
    if (run && marker) return { run, marker }
    await delay(5)
  }
}
