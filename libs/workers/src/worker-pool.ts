import type { AttemptEnd } from './attempt-end.ts'
import { runAttempt, type UnitEnd } from './attempt.ts'
import type { AttemptControl, AttemptTools } from './attempt-tools.ts'
import { AttemptWatch } from './attempt-watch.ts'
import { Cells, openCells } from './cgroups/cells.ts'
import { sweepCells } from './cgroups/sweep-cells.ts'
import { hostSetting } from './host-setting.ts'
import type { Interruption } from './interruption.ts'
import { DEFAULT_OUTPUT_LIMIT, type OutputLimit } from './output/bounded-capture.ts'
import { startGuardian } from './processes/guardian.ts'
import { DEFAULT_GRACE_MS, killTree } from './processes/kill-tree.ts'
import { MARKER, markerValue, newToken } from './processes/marker.ts'
import { ProcessFinder } from './processes/process-finder.ts'
import { sweep } from './processes/sweep.ts'
import { HostProcess } from './host-process.ts'
import { type Limits, unenforcedNote } from './limits.ts'
import { runCommand } from './run-command.ts'
import { runInProcess } from './run-in-process.ts'
import { Slot } from './slot.ts'
import { type RunningStep, type StepOrder, Steps } from './steps.ts'
import { Sampler } from './usage/sampler.ts'
import { type UsageNow, usageNow } from './usage-now.ts'
import type { WorkListener, WorkOrder } from './work-order.ts'

export interface WorkerPoolOptions {
  /** Slots; each runs one unit at a time. */
  readonly workers: number
  /** Absolute workspace root. */
  readonly root: string
  /** What the hosts are started with; units bring their own. */
  readonly env: Readonly<Record<string, string>>
  readonly outputLimit?: OutputLimit
  /** Between SIGTERM and SIGKILL when a unit is stopped, milliseconds; 2000 unless told. */
  readonly graceMs?: number
  /** Keeps units in cgroups where the machine allows it. On unless told. */
  readonly cgroups?: boolean
}

export interface RunningAttempt {
  /** Never rejects for what the unit does; resolves when nothing of the attempt is alive. */
  readonly done: Promise<AttemptEnd>
  /** Kills the unit; `done` resolves as `aborted`, after the tear-down. A later call changes nothing. */
  stop(reason: string, options?: { readonly graceMs?: number }): void
}

export interface WorkerPool {
  run(order: WorkOrder, listener: WorkListener): RunningAttempt
  /** In no slot, beside them. */
  runStep(order: StepOrder): RunningStep
  usageNow(): UsageNow
  /** Stops what runs, kills everything, resolves when nothing of ours is alive. */
  close(): Promise<void>
}

/** Starts the hosts of all slots at once, so that they boot while the run is planned. */
export function createPool(options: WorkerPoolOptions): WorkerPool {
  return new LocalPool(options)
}

class LocalPool implements WorkerPool {
  readonly #options: WorkerPoolOptions
  readonly #token = newToken()
  readonly #finder: ProcessFinder
  readonly #guardian: ReturnType<typeof startGuardian>
  readonly #slots: readonly Slot[]
  readonly #hosts = new Set<HostProcess>()
  readonly #running = new Map<number, RunningAttempt & { readonly watch: AttemptWatch }>()
  readonly #cells: Cells
  readonly #sampler = new Sampler()
  readonly #steps = new Steps(() => this.#newTools(), this.#sampler)
  readonly #unenforced = new Set<keyof Limits>()
  #count = 0

  constructor(options: WorkerPoolOptions) {
    this.#options = options
    this.#finder = new ProcessFinder(this.#token)
    this.#cells = options.cgroups === false ? new Cells({}) : openCells(this.#token)
    // What a run that was killed together with its guardian has left.
    void sweepCells()
    const slot = (): Slot =>
      new Slot(
        (setting) => this.#startHost(setting),
        (host) => this.#retire(host),
      )
    this.#slots = Array.from({ length: options.workers }, slot)
    for (const each of this.#slots) each.warm(hostSetting(options.root, undefined, options.env))
    this.#guardian = startGuardian(this.#token, options.root)
  }

  run(order: WorkOrder, listener: WorkListener): RunningAttempt {
    const slot = this.#slots[order.slot]
    if (!slot || this.#running.has(order.slot)) throw new Error(`slot ${order.slot} is not free`)
    const { tools, interrupt, hurry } = this.#newTools(order.limits)
    const slow = setTimeout(() => listener.slow(), order.slowAfterMs)
    const limit = setTimeout(
      () => interrupt({ type: 'time-limit', limitMs: order.timeoutMs }),
      order.timeoutMs,
    )
    const runUnit = async (): Promise<UnitEnd> => {
      try {
        return await this.#runUnit(tools, slot, order, listener)
      } finally {
        clearTimeout(slow)
        clearTimeout(limit)
      }
    }
    const { watch } = tools
    const unwatch = this.#sampler.add(watch)
    const done = runAttempt(tools, order, runUnit)
      .then((end) => ({ ...end, notes: [...end.notes, ...this.#unenforcedNotes(watch)] }))
      .finally(() => {
        clearTimeout(slow)
        clearTimeout(limit)
        unwatch()
        this.#running.delete(order.slot)
      })
    const running: RunningAttempt = {
      done,
      stop(reason, how) {
        if (how?.graceMs !== undefined) hurry(how.graceMs)
        interrupt({ type: 'stopped', reason })
      },
    }
    this.#running.set(order.slot, { ...running, watch })
    return running
  }

  runStep(order: StepOrder): RunningStep {
    return this.#steps.run(order)
  }

  usageNow(): UsageNow {
    const slots = this.#slots.map((_, slot) => this.#running.get(slot)?.watch.now)
    return usageNow(slots, this.#steps.now)
  }

  /** What an attempt or a step has of its own, and the ways to end it. */
  #newTools(limits: Limits = {}): AttemptControl {
    const stop = new AbortController()
    let isEnding = false
    const interrupt = (reason: Interruption): void => {
      if (isEnding) return
      isEnding = true
      // The last chance to see what it uses.
      tools.watch.sample()
      stop.abort(reason)
    }
    let { graceMs = DEFAULT_GRACE_MS } = this.#options
    const hurry = (ms: number): void => {
      graceMs = ms
    }
    const onOverMemory = (): void => {
      // Every moment of grace would take more of it.
      hurry(0)
      interrupt({ type: 'memory-limit', limitBytes: limits.memoryBytes ?? 0 })
    }
    const tools: AttemptTools = {
      root: this.#options.root,
      finder: this.#finder,
      watch: new AttemptWatch(this.#cells, limits, onOverMemory),
      outputLimit: this.#options.outputLimit ?? DEFAULT_OUTPUT_LIMIT,
      signal: stop.signal,
      graceMs: () => graceMs,
      token: this.#nextToken(),
      outerMarker: process.env[MARKER],
    }
    return { tools, interrupt, hurry }
  }

  /** Once for each kind of limit: it is the machine's doing, not the unit's. */
  #unenforcedNotes({ unenforced }: AttemptWatch): string[] {
    const news = unenforced.filter((name) => !this.#unenforced.has(name))
    for (const name of news) this.#unenforced.add(name)
    return news.length === 0 ? [] : [unenforcedNote(news)]
  }

  #runUnit(tools: AttemptTools, slot: Slot, order: WorkOrder, listener: WorkListener): Promise<UnitEnd> {
    const { program, isolation } = order
    if (program.type === 'command') return runCommand(tools, { ...order, program }, listener)
    const setting = hostSetting(this.#options.root, program, order.env)
    const host = slot.take(isolation, setting)
    const unit = runInProcess(tools, host, { ...order, program }, listener)
    if (isolation === 'process' && order.hasMore?.() !== false) slot.prepare(setting)
    return unit
  }

  #nextToken(): string {
    return `${this.#token}.${++this.#count}`
  }

  #startHost(setting: ReturnType<typeof hostSetting>): HostProcess {
    const token = this.#nextToken()
    const { env, outputLimit = DEFAULT_OUTPUT_LIMIT } = this.#options
    const marker = markerValue(process.env[MARKER], token)
    const host = new HostProcess({ setting, env, token, marker, outputLimit, cell: this.#cells.make() })
    this.#hosts.add(host)
    if (host.pid !== undefined) this.#finder.addHost(host.pid)
    host.onExit(() => {
      this.#hosts.delete(host)
      if (host.pid !== undefined) this.#finder.removeHost(host.pid)
    })
    return host
  }

  /** Nothing of value is in a host without a unit. What it leaves behind is found when the pool is closed. */
  #retire(host: HostProcess): void {
    const { pid, token, cell } = host
    if (pid === undefined) return
    const wanted = { tokens: [token], group: pid, ...(cell && { cell }) }
    void killTree(this.#finder, wanted, { graceMs: 0 }).then(() => cell?.remove())
  }

  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const each of running) each.stop('the worker pool was closed')
    await Promise.allSettled(running.map(({ done }) => done))
    await this.#steps.close()
    const hosts = [...this.#hosts]
    for (const host of hosts) this.#retire(host)
    await Promise.all(hosts.map((host) => host.exited))
    await Promise.all(hosts.map((host) => host.close()))
    await sweep(this.#finder)
    this.#cells.close()
    this.#guardian.dismiss()
  }
}
