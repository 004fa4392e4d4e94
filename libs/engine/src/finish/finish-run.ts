import { randomBytes } from 'node:crypto'
import { runId, type RunId } from '@muster/model'
import { attach, connectTo, type CoordinatorConnection } from '../coordinator/client.ts'
import {
  PROTOCOL_VERSION,
  type CacheHit,
  type CoordinatorConfig,
  type FinishResult,
  type RejectedHit,
  type TaskRequest,
} from '../coordinator/protocol.ts'
import { openMemory } from '../evidence/suite-memory.ts'
import { systemClock } from '../journal/clock.ts'
import { createDispatcher } from '../journal/dispatcher.ts'
import { openJournal } from '../journal/journal-writer.ts'
import { readJournal } from '../journal/read-journal.ts'
import { closeRun, isAlive, journalFile, listRuns, openRun, readOpenMarker } from '../journal/run-store.ts'
import { runStarted } from '../run/run-started.ts'
import { cachedEvents, examineHit } from './examine-hits.ts'
import { publishRun } from './publish-run.ts'

export interface FinishOrder {
  readonly config: CoordinatorConfig
  /** Tasks that Nx ran through us. */
  readonly executed: readonly string[]
  readonly hits: readonly CacheHit[]
  /** Called only for hits that aren't believed. */
  readonly requestFor: (hit: CacheHit) => Promise<TaskRequest | undefined>
}

/**
 * Ends a run after Nx has done all its tasks: doubts the cache hits, runs again what can't be believed, folds
 * everything into the record and writes the reports. When all came believably from the cache no coordinator
 * is needed, and none is started.
 */
export async function finishRun(order: FinishOrder): Promise<FinishResult> {
  const { root } = order.config
  const believed: CacheHit[] = []
  const rejected: RejectedHit[] = []
  const memory = openMemory(root)
  for (const hit of order.hits) {
    const read = await examineHit(root, memory, hit)
    const request = read.ok ? undefined : await order.requestFor(hit)
    if (read.ok || request === undefined) believed.push(hit)
    else rejected.push({ request, hash: hit.hash, reason: read.error })
  }
  if (order.executed.length > 0) {
    const result = await finishInCoordinator(root, order.executed, believed, rejected)
    if (result) return result
  }
  if (rejected.length > 0) {
    const connection = await attach(order.config)
    const result = connection && (await askToFinish(connection, [], believed, rejected))
    if (result) return result
    throw new Error(
      `cached results of ${rejected.map((each) => each.request.suite.id).join(', ')} can't be believed, and no coordinator came up to run them again`,
    )
  }
  return finishAlone(order, believed)
}

/** The coordinator that answered these tasks; with Nx's daemon in between only it can tell. */
async function finishInCoordinator(
  root: string,
  executed: readonly string[],
  believed: readonly CacheHit[],
  rejected: readonly RejectedHit[],
): Promise<FinishResult | undefined> {
  for (const run of (await listRuns(root)).toReversed()) {
    const open = await readOpenMarker(root, run)
    if (!open || open.socket === '' || !isAlive(open.pid)) continue
    const connection = await connectTo(open.socket)
    const result = connection && (await askToFinish(connection, executed, believed, rejected))
    if (result) return result
  }
  return undefined
}

/** Undefined when it is the coordinator of another run, or gone. */
function askToFinish(
  connection: CoordinatorConnection,
  executed: readonly string[],
  believed: readonly CacheHit[],
  rejected: readonly RejectedHit[],
): Promise<FinishResult | undefined> {
  return new Promise((resolve) => {
    connection.onMessage((message) => {
      if (message.type === 'finished') resolve(message.result)
      if (message.type === 'refused') {
        connection.close()
        resolve(undefined)
      }
    })
    connection.onClose(() => resolve(undefined))
    connection.send({ type: 'finish', v: PROTOCOL_VERSION, executed, believed, rejected })
  })
}

async function finishAlone(order: FinishOrder, believed: readonly CacheHit[]): Promise<FinishResult> {
  const { config, executed } = order
  const { root } = config
  const lost = executed.length > 0 ? await lostRun(root, executed) : undefined
  const run =
    lost?.run ?? (config.runId as RunId | undefined) ?? runId(new Date(), randomBytes(3).toString('hex'))
  if (!lost) openRun(root, run, { pid: process.pid, socket: '' })
  const journal = openJournal(journalFile(root, run), (message) =>
    dispatcher.emit({ kind: 'note', level: 'warning', message }),
  )
  const dispatcher = createDispatcher(run, journal, systemClock, [], lost?.nextSeq ?? 0)
  if (!lost) dispatcher.emit(runStarted(config))
  else
    dispatcher.emit({
      kind: 'note',
      level: 'warning',
      message: "the run's coordinator process ended unexpectedly",
    })
  for (const event of await cachedEvents(root, run, believed)) dispatcher.emit(event)
  dispatcher.emit({ kind: 'run-finished' })
  const closed = dispatcher.close()
  if (!lost) closeRun(root, run)
  const published = await publishRun(root, run, config.reports, dispatcher.unwritten)
  await closed
  return { summary: published?.summary ?? '', brokenHits: [], healedHits: [] }
}

/** The newest run whose coordinator is gone and whose plan holds these tasks. Its marker stays, so that the next run goes on from it. */
async function lostRun(
  root: string,
  tasks: readonly string[],
): Promise<{ run: RunId; nextSeq: number } | undefined> {
  for (const run of (await listRuns(root)).toReversed()) {
    const open = await readOpenMarker(root, run)
    if (!open || isAlive(open.pid)) continue
    const { events } = await readJournal(journalFile(root, run)).catch(() => ({ events: [] }))
    const planned = new Set(
      events.flatMap((event) => (event.kind === 'plan-ready' ? event.suites.map((each) => each.task) : [])),
    )
    if (tasks.some((task) => planned.has(task))) return { run, nextSeq: (events.at(-1)?.seq ?? -1) + 1 }
  }
  return undefined
}
