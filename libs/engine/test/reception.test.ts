import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runId } from '@muster/model'
import {
  attach,
  connectTo,
  join,
  socketPath,
  spawnCoordinator,
  type CoordinatorConnection,
} from '../src/coordinator/client.ts'
import { expectsWork } from '../src/coordinator/prestart.ts'
import { ownerProcess } from '../src/coordinator/process-info.ts'
import type {
  ClientMessage,
  CoordinatorConfig,
  CoordinatorStart,
  ServerMessage,
} from '../src/coordinator/protocol.ts'
import { journalFile, listRuns, runDir, runsDir } from '../src/journal/run-store.ts'
import { found, inScratch, inWorkspace, RUN, SETTINGS } from './support.ts'

/** Stands for nx: lives until it is told to end. */
async function withOwner(use: (owner: CoordinatorStart['owner'], end: () => void) => Promise<void>) {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  try {
    const owner = await found(() => ownerProcess(child.pid ?? 0))
    await use(owner, () => child.kill('SIGKILL'))
  } finally {
    child.kill('SIGKILL')
  }
}

const connected = (socket: string): Promise<CoordinatorConnection> => found(() => connectTo(socket))

const reply = (connection: CoordinatorConnection, message: ClientMessage): Promise<ServerMessage> =>
  new Promise((resolve) => {
    connection.onMessage(resolve)
    connection.send(message)
  })

describe('a coordinator that was started ahead', function () {
  this.timeout(60_000)

  it('refuses who comes before a run has begun, and leaves nothing behind when nx ends', () =>
    inWorkspace((root) =>
      withOwner(async (owner, endOwner) => {
        const socket = socketPath(root, owner)
        spawnCoordinator({ root, socket, owner, workers: 1 })
        const refusals = [
          await reply(await connected(socket), { type: 'join', v: 3 }),
          await reply(await connected(socket), { type: 'join', v: 2 }),
          await reply(await connected(socket), { type: 'run', tasks: [] }),
        ]
        assert.deepEqual(refusals, [
          { type: 'refused', reason: 'no run has begun' },
          { type: 'refused', reason: 'protocol 2, this is 3' },
          { type: 'refused', reason: 'it did not say what it wants' },
        ])
        const last = await connected(socket)
        const hungUp = new Promise<void>((resolve) => last.onClose(resolve))
        endOwner()
        await hungUp
        assert.equal(await connectTo(socket), undefined)
        assert.deepEqual(await listRuns(root), [])
      }),
    ))

  it('does the run of the first who opens it, with as many workers as that one says', () =>
    inWorkspace((root) =>
      withOwner(async (owner) => {
        const socket = socketPath(root, owner)
        spawnCoordinator({ root, socket, owner, workers: 1 })
        const early = await connected(socket)
        const config: CoordinatorConfig = { ...SETTINGS, root, socket, owner, workers: 3, reports: false }
        const client = await attach(config)
        assert.ok(client)
        await found(async () => (await listRuns(root))[0])
        const other = await join(socket)
        assert.ok(other)
        const end = await reply(other, { type: 'finish', executed: [], believed: [], rejected: [] })
        assert.equal(end.type, 'finished')
        const [run] = await listRuns(root)
        assert.ok(run)
        const started = await found(() => readFirst(journalFile(root, run)))
        assert.equal(started.workers, 3)
        for (const each of [early, client, other]) each.close()
      }),
    ))
})

async function readFirst(file: string): Promise<{ readonly workers?: number }> {
  return JSON.parse((await readFile(file, 'utf8')).split('\n')[0] ?? '') as { workers?: number }
}

function leave(root: string, run: typeof RUN, kinds: readonly string[]): void {
  mkdirSync(runDir(root, run), { recursive: true })
  writeFileSync(journalFile(root, run), kinds.map((kind) => `${JSON.stringify({ kind })}\n`).join(''))
}

describe('expecting work', () => {
  it('is right for a first run, and after one that ran something', () =>
    inScratch((root) => {
      assert.equal(expectsWork(root), true)
      leave(root, RUN, ['run-started', 'plan-ready', 'run-finished'])
      assert.equal(expectsWork(root), true)
    }))

  it('is wrong after one that came from the cache', () =>
    inScratch((root) => {
      leave(root, RUN, ['run-started', 'plan-ready'])
      leave(root, runId(new Date('2026-02-01'), 'aaaa'), ['run-started', 'cache-restored', 'run-finished'])
      assert.equal(expectsWork(root), false)
    }))

  it('is the rule where nothing can be read', () =>
    inScratch((root) => {
      mkdirSync(path.join(runsDir(root), RUN), { recursive: true })
      assert.equal(expectsWork(root), true)
    }))
})
