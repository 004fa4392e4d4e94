import { randomBytes } from 'node:crypto'
import {
  runId,
  suiteId,
  unitId,
  type PlannedSuite,
  type RunEventBody,
  type RunId,
  type SuiteId,
} from '@muster/model'
import { attach, join, type CoordinatorConnection } from '../coordinator/client.ts'
import type {
  CacheHit,
  CoordinatorConfig,
  FinishResult,
  RejectedHit,
  TaskRequest,
} from '../coordinator/protocol.ts'
import { readCapacity, readMachineClass } from '../machine/read-machine.ts'
import { beginningAt, systemClock } from '../journal/clock.ts'
import { createDispatcher } from '../journal/dispatcher.ts'
import { openJournal } from '../journal/journal-writer.ts'
import { readJournal } from '../journal/read-journal.ts'
import { closeRun, isAlive, journalFile, listRuns, openRun, readOpenMarker } from '../journal/run-store.ts'
import { runStarted } from '../run/run-started.ts'
import { mergeCoverageOf } from './merge-run-coverage.ts'
import { examinedComparisons, examinedEvents, examineHits, type ExaminedHit } from './examine-hits.ts'
import { publishRun } from './publish-run.ts'

export interface FinishOrder {
  readonly config: CoordinatorConfig
  /** Tasks that Nx ran through us. */
  readonly executed: readonly { readonly task: string; readonly suite: string }[]
  /** When nx began, milliseconds since the epoch. */
  readonly startedAt: number
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
  const believable: ExaminedHit[] = []
  const rejected: RejectedHit[] = []
  for (const examined of await examineHits(order.config.root, order.hits, order.config.skipCoverage)) {
    const { hit, read } = examined
    const request = read.ok ? undefined : await order.requestFor(hit)
    if (read.ok || request === undefined) believable.push(examined)
    else rejected.push({ request, hash: hit.hash, reason: read.error })
  }
  const believed = believable.map(({ hit }) => hit)
  if (order.executed.length > 0) {
    const result = await finishInCoordinator(order, believed, rejected)
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
  return finishAlone(order, believable)
}

/** What Nx would answer from its cache, answered without Nx. */
export interface UnaskedOrder extends Pick<FinishOrder, 'config' | 'startedAt' | 'hits'> {
  /** Why Nx need not be asked; is in the report. */
  readonly reason: string
}

/** A run without Nx. Undefined, with nothing done, when a result can't be believed: Nx is to be asked then. */
export async function finishUnasked({ reason, ...order }: UnaskedOrder): Promise<FinishResult | undefined> {
  const { config, hits } = order
  const examined = await examineHits(config.root, hits, config.skipCoverage)
  if (!examined.every(({ read }) => read.ok)) return undefined
  return finishAlone({ ...order, executed: [], requestFor: async () => undefined }, examined, reason)
}

/** The coordinator that answered these tasks: that of this nx process, or, with Nx's daemon in between, the one that knows them. */
async function finishInCoordinator(
  { config, executed }: FinishOrder,
  believed: readonly CacheHit[],
  rejected: readonly RejectedHit[],
): Promise<FinishResult | undefined> {
  const tasks = executed.map(({ task }) => task)
  for (const socket of new Set([config.socket, ...(await openSockets(config.root))])) {
    const connection = await join(socket)
    const result = connection && (await askToFinish(connection, tasks, believed, rejected))
    if (result) return result
  }
  return undefined
}

/** Of the runs that are going on, newest first. */
async function openSockets(root: string): Promise<string[]> {
  const sockets: string[] = []
  for (const run of (await listRuns(root)).toReversed()) {
    const open = await readOpenMarker(root, run)
    if (open && open.socket !== '' && isAlive(open.pid)) sockets.push(open.socket)
  }
  return sockets
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
    connection.send({ type: 'finish', executed, believed, rejected })
  })
}

async function finishAlone(
  order: FinishOrder,
  believable: readonly ExaminedHit[],
  remark?: string,
): Promise<FinishResult> {
  const { config, executed } = order
  const { root } = config
  const lost = executed.length > 0 ? await lostRun(order) : undefined
  const run =
    lost?.run ?? (config.runId as RunId | undefined) ?? runId(new Date(), randomBytes(3).toString('hex'))
  if (!lost) openRun(root, run, { pid: process.pid, socket: '' })
  const journal = openJournal(journalFile(root, run), (message) =>
    dispatcher.emit({ kind: 'note', level: 'warning', message }),
  )
  const clock = lost ? systemClock : beginningAt(order.startedAt)
  const dispatcher = createDispatcher(run, journal, clock, [], lost?.nextSeq ?? 0)
  if (!lost) dispatcher.emit(runStarted(config, readCapacity(config), readMachineClass()))
  else
    dispatcher.emit({
      kind: 'note',
      level: 'warning',
      message: "the run's coordinator process ended unexpectedly",
    })
  if (remark !== undefined) dispatcher.emit({ kind: 'note', level: 'info', message: remark })
  const unknown = executed.filter(({ task }) => lost?.planned.has(task) !== true)
  for (const each of unknown) for (const event of withoutRecord(each)) dispatcher.emit(event)
  for (const event of examinedEvents(root, run, believable)) dispatcher.emit(event)
  for (const event of await examinedComparisons(root, believable)) dispatcher.emit(event)
  const covers =
    lost !== undefined || believable.some(({ read }) => read.ok && read.value.coverage !== undefined)
  const coverage = covers && (await mergeCoverageOf(root, run, dispatcher.unwritten))
  if (coverage) dispatcher.emit({ kind: 'coverage-merged', ...coverage })
  dispatcher.emit({ kind: 'run-finished' })
  const closed = dispatcher.close()
  if (!lost) closeRun(root, run)
  const published = await publishRun(root, run, config.reports, dispatcher.unwritten)
  await closed
  return { summary: published?.summary ?? '', brokenHits: [], healedHits: [] }
}

const unplanned = (suite: SuiteId, task: string): PlannedSuite => ({
  suite,
  task,
  kind: 'unit',
  dependsOn: [],
  priority: 'medium',
  phase: 0,
  estimateMs: 0,
  score: { total: 0, parts: [] },
})

/** A suite that Nx says it ran and nobody has a record of: never green, whatever Nx thinks. */
function withoutRecord({ task, suite: name }: FinishOrder['executed'][number]): RunEventBody[] {
  const suite = suiteId(name)
  const message =
    'there is no record of it: its coordinator did not start or is lost (.muster/coordinator.log)'
  return [
    { kind: 'plan-ready', suites: [unplanned(suite, task)] },
    { kind: 'unit-finished', unit: unitId(suite), suite, outcome: { status: 'environment-error', message } },
  ]
}

interface LostRun {
  readonly run: RunId
  readonly nextSeq: number
  /** The tasks that it knew; it may have died before it had a plan. */
  readonly planned: ReadonlySet<string>
}

/**
 * The run of this nx process whose coordinator is gone: known by its socket, or, with Nx's daemon in between, by its
 * time and its tasks. Its marker stays, so that the next run goes on from it.
 */
async function lostRun({ config, executed, startedAt }: FinishOrder): Promise<LostRun | undefined> {
  const { root, socket } = config
  for (const run of (await listRuns(root)).toReversed()) {
    const open = await readOpenMarker(root, run)
    if (!open || isAlive(open.pid)) continue
    const { events } = await readJournal(journalFile(root, run)).catch(() => ({ events: [] }))
    const [first] = events
    if (!first || first.at < startedAt) return undefined
    const planned = new Set(
      events.flatMap((event) => (event.kind === 'plan-ready' ? event.suites.map(({ task }) => task) : [])),
    )
    if (open.socket === socket || executed.some(({ task }) => planned.has(task)))
      return { run, nextSeq: (events.at(-1)?.seq ?? -1) + 1, planned }
  }
  return undefined
}
