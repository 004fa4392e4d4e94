import { randomBytes } from 'node:crypto'
import type { Server } from 'node:net'
import { availableParallelism } from 'node:os'
import { runId, suiteId, type RunId, type SuiteRecord } from '@muster/model'
import type { WorkerPool } from '@muster/workers'
import { readEvidence } from '../evidence/evidence-store.ts'
import { compactMemory, openMemory, type Memory } from '../evidence/suite-memory.ts'
import { cachedEvents } from '../finish/examine-hits.ts'
import { mergeCoverageOf } from '../finish/merge-run-coverage.ts'
import { publishRun } from '../finish/publish-run.ts'
import { updateHistory } from '../finish/update-history.ts'
import { systemClock } from '../journal/clock.ts'
import { createDispatcher, type Dispatcher } from '../journal/dispatcher.ts'
import { openJournal } from '../journal/journal-writer.ts'
import { closeRun, journalFile, openRun } from '../journal/run-store.ts'
import { openMachineSemaphores } from '../machine/machine-semaphores.ts'
import { readCapacity, readMachineClass } from '../machine/read-machine.ts'
import { Conductor } from '../run/conductor.ts'
import { openQuarantineBook } from '../run/quarantine-book.ts'
import { runStarted } from '../run/run-started.ts'
import { rememberHash } from '../run/keep-pass.ts'
import { caseReader, loadRecord } from '../run/load-record.ts'
import { StrayWatch } from '../run/stray-writes.ts'
import { createSuiteLog } from '../run/suite-log.ts'
import { sweepCoverage } from '../run/unit-coverage.ts'
import { createUnitRunner } from '../run/unit-runner.ts'
import { addToTally, createAnswer, NO_TALLY } from './answer.ts'
import type { LineSocket } from './line-socket.ts'
import { isRunning } from './process-info.ts'
import type {
  ClientMessage,
  CoordinatorConfig,
  FinishResult,
  ServerMessage,
  TaskAnswer,
  TaskRequest,
} from './protocol.ts'

/** Has greeted already. */
export type Client = LineSocket<ClientMessage, ServerMessage>

/** How often we look whether nx still lives. */
const OWNER_WATCH_MS = 250
const LOAD_WATCH_MS = 2000

/**
 * The process of one run. Clients (the Nx batch worker, slice after slice; single-task executors; the
 * post-run hook) come and go; the run lives as long as the nx process that owns it.
 *
 *   serving ──finish──▶ finishing ──▶ closed
 *      └──owner gone──▶ stopping ───────┘
 */
export class Coordinator {
  private readonly config: CoordinatorConfig
  private readonly run: RunId
  private readonly dispatcher: Dispatcher
  private readonly pool: WorkerPool
  private readonly memory: Memory
  private readonly strayWatch: StrayWatch
  private readonly conductor: Conductor
  private readonly server: Server
  private readonly clients = new Set<Client>()
  /** What each task got, to be told again to whoever asks again. */
  private readonly answers = new Map<string, TaskAnswer>()
  private tally = NO_TALLY
  private readonly taskOf = new Map<string, string>()
  private readonly answerWaiters = new Set<() => void>()
  private readonly ownerWatch: NodeJS.Timeout
  private readonly loadWatch: NodeJS.Timeout
  private closing = false
  /** Whether a suite of this run collects coverage. */
  private covers = false

  /**
   * @param server listens already; who connects and greets comes to `welcome`
   * @param env of the tests
   */
  constructor(
    config: CoordinatorConfig,
    server: Server,
    pool: WorkerPool,
    env: Readonly<Record<string, string>>,
  ) {
    this.config = config
    this.server = server
    this.pool = pool
    const { root } = config
    this.run = (config.runId as RunId | undefined) ?? runId(new Date(), randomBytes(3).toString('hex'))
    this.memory = openMemory(root)
    this.strayWatch = new StrayWatch(root)
    openRun(root, this.run, { pid: process.pid, socket: config.socket })
    const journal = openJournal(journalFile(root, this.run), (message) =>
      this.dispatcher.emit({ kind: 'note', level: 'warning', message }),
    )
    const suiteLog = createSuiteLog(caseReader(root, this.run), (record, at) => void this.answer(record, at))
    this.dispatcher = createDispatcher(this.run, journal, systemClock, [suiteLog])
    const capacity = readCapacity(config)
    const machine = readMachineClass()
    this.dispatcher.emit(runStarted(config, capacity, machine))
    for (const message of config.warnings ?? [])
      this.dispatcher.emit({ kind: 'note', level: 'warning', message })
    const quarantine = openQuarantineBook(root, (message) =>
      this.dispatcher.emit({ kind: 'note', level: 'warning', message }),
    )
    const { memory, dispatcher } = this
    const { timeoutMs, skipCoverage = false } = config
    const unitOptions = { root, memory, env, timeoutMs, quarantine, skipCoverage }
    this.conductor = new Conductor(
      { ...config, memory, env, capacity, machine, cores: availableParallelism() },
      {
        dispatcher,
        pool,
        clock: systemClock,
        startUnit: createUnitRunner(unitOptions, dispatcher, pool, systemClock),
        semaphores: () => openMachineSemaphores(config.semaphores),
      },
    )
    this.loadWatch = setInterval(() => this.sampleLoad(), LOAD_WATCH_MS)
    this.ownerWatch = setInterval(() => {
      if (!isRunning(config.owner)) void this.abandon()
    }, OWNER_WATCH_MS)
  }

  welcome(client: Client): void {
    this.clients.add(client)
    client.onClose(() => this.clients.delete(client))
    client.onMessage((message) => {
      switch (message.type) {
        case 'open':
        case 'join':
          return undefined
        case 'run':
          return this.accept(client, message.tasks)
        case 'hashes':
          this.conductor.setImpacts(message.impacts)
          return void this.takeHashes(message.hashes)
        case 'stop':
          this.conductor.stop(message.reason)
          return message.now ? this.conductor.kill() : undefined
        case 'finish':
          return void this.finish(client, message)
      }
    })
  }

  private sampleLoad(): void {
    const { cpus, memoryBytes, slots } = this.pool.usageNow()
    if (slots.every((slot) => slot === undefined)) return
    this.dispatcher.emit({ kind: 'load-sampled', cpus: Number(cpus.toFixed(2)), memoryBytes })
  }

  private accept(client: Client, tasks: readonly TaskRequest[]): void {
    for (const { task, suite, warnings = [], outputs = [] } of tasks) {
      this.strayWatch.begin(outputs)
      this.covers ||= suite.coverage !== undefined
      if (!this.taskOf.has(suite.id)) {
        for (const message of warnings)
          this.dispatcher.emit({ kind: 'note', level: 'warning', suite: suite.id, message })
      }
      this.taskOf.set(suite.id, task)
      const known = this.answers.get(task)
      if (known) client.send({ type: 'answer', answer: known })
    }
    void this.conductor.submit(
      tasks.map((each) => ({ ...each, suite: each.suite, dependsOn: each.dependsOn.map(suiteId) })),
    )
  }

  private async answer(record: SuiteRecord, at: number): Promise<void> {
    const task = this.taskOf.get(record.name)
    if (task !== undefined) {
      this.tally = addToTally(this.tally, record)
      const answer = await createAnswer(this.config.root, this.run, task, record, at, this.tally)
      this.answers.set(task, answer)
      for (const client of this.clients) client.send({ type: 'answer', answer })
    }
    if (this.conductor.idle) this.strayWatch.idle()
    for (const wake of this.answerWaiters) wake()
    this.answerWaiters.clear()
  }

  private async takeHashes(hashes: Readonly<Record<string, string>>): Promise<void> {
    this.conductor.setHashes(hashes)
    const { root } = this.config
    for (const [suite, hash] of Object.entries(hashes)) {
      const read = await readEvidence(root, suite)
      if (read.ok && read.value.evidence.runId === this.run && read.value.evidence.hash === null) {
        await rememberHash(root, this.memory, read.value.evidence, hash)
      }
    }
  }

  private async finish(client: Client, order: Extract<ClientMessage, { type: 'finish' }>): Promise<void> {
    if (!order.executed.every((task) => this.answers.has(task)))
      return client.send({ type: 'refused', reason: 'these tasks are of another run' })
    const { root, skipCoverage } = this.config
    for (const event of await cachedEvents(root, this.run, order.believed, skipCoverage)) {
      this.covers ||= event.kind === 'coverage-collected'
      this.dispatcher.emit(event)
    }
    const { rejected } = order
    for (const { request, reason } of rejected) {
      this.dispatcher.emit({ kind: 'cache-rejected', suite: request.suite.id, reason })
    }
    if (rejected.length > 0) {
      this.conductor.setHashes(
        Object.fromEntries(rejected.map(({ request, hash }) => [request.suite.id, hash])),
      )
      this.accept(
        client,
        rejected.map(({ request }) => request),
      )
      await this.untilAnswered(rejected.map(({ request }) => request.task))
    }
    const isGood = (task: string): boolean => this.answers.get(task)?.status === 'success'
    const brokenHits = rejected
      .filter(({ request }) => !isGood(request.task))
      .map(({ request }) => request.suite.id)
    const healedHits = rejected
      .filter(({ request }) => isGood(request.task))
      .map(({ request, hash }) => ({ suite: request.suite.id, hash }))
    await this.noteStrayWrites()
    // A stopped nx says goodbye, too, but keeps nothing of what the batch had finished: then the marker stays,
    // and the next run answers from here.
    const summary = await this.close(!this.conductor.isStopped)
    const result: FinishResult = { summary, brokenHits, healedHits }
    client.send({ type: 'finished', result })
    client.close()
    await this.end()
  }

  /** Nx is gone without saying goodbye: stop, write down what there is, leave the marker for the next run. */
  private async abandon(): Promise<void> {
    clearInterval(this.ownerWatch)
    if (this.closing) return
    this.conductor.stop('the nx process ended')
    await this.untilAnswered([...this.taskOf.values()])
    await this.close(false)
    await this.end()
  }

  private async untilAnswered(tasks: readonly string[]): Promise<void> {
    while (!tasks.every((task) => this.answers.has(task))) {
      await new Promise<void>((resolve) => this.answerWaiters.add(resolve))
    }
  }

  private async noteStrayWrites(): Promise<void> {
    const record = await loadRecord(this.config.root, this.run, this.dispatcher.unwritten)
    const message = record && (await this.strayWatch.warning(record))
    if (message !== undefined) this.dispatcher.emit({ kind: 'note', level: 'warning', message })
  }

  private async close(inGoodOrder: boolean): Promise<string> {
    this.closing = true
    clearInterval(this.ownerWatch)
    clearInterval(this.loadWatch)
    const { root, reports } = this.config
    const coverage = this.covers && (await mergeCoverageOf(root, this.run, this.dispatcher.unwritten))
    if (coverage) this.dispatcher.emit({ kind: 'coverage-merged', ...coverage })
    this.dispatcher.emit({ kind: 'run-finished' })
    this.conductor.close()
    const closed = this.dispatcher.close()
    if (inGoodOrder) closeRun(root, this.run)
    const [published] = await Promise.all([
      publishRun(root, this.run, reports, this.dispatcher.unwritten),
      this.pool.close(),
      closed,
    ])
    return published?.summary ?? ''
  }

  /** After the client has its answer: what nobody waits for. */
  private async end(): Promise<void> {
    this.server.close()
    compactMemory(this.config.root)
    await sweepCoverage(this.config.root, this.run)
    await updateHistory(this.config.root)
  }
}
