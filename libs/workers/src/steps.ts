import type { AttemptControl } from './attempt-tools.ts'
import type { AttemptWatch } from './attempt-watch.ts'
import type { Captured } from './output/bounded-capture.ts'
import { startStep, type StepCommand, type StepName, stepProblem } from './suite-steps.ts'
import type { SlotUsage } from './usage-now.ts'
import type { Sampler } from './usage/sampler.ts'

/** A set-up or tear-down that belongs to several units, and is run once for them. */
export interface StepOrder extends StepCommand {
  /** Whose it is, shown in the environment of its processes to people who look for their origin. */
  readonly attempt: string
  readonly timeoutMs: number
}

export interface StepEnd {
  /** Set when it failed, was too slow or was stopped; part of a sentence. */
  readonly problem?: string
  readonly stdout: Captured
  readonly stderr: Captured
  /** About processes that a tear-down, or a set-up that failed, left behind. */
  readonly note?: string
}

export interface RunningStep {
  /** Never rejects for what the step does. What a set-up started in the background goes on. */
  readonly done: Promise<StepEnd>
  /** Kills it; a later call changes nothing. */
  stop(reason: string): void
  /**
   * Ends what a set-up has left running in the background, once; resolves to the note about it when all is dead.
   * Waits for the step's end.
   */
  release(): Promise<string | undefined>
}

/** The steps that run, or have left something running, in no slot. */
export class Steps {
  readonly #newTools: () => AttemptControl
  readonly #sampler: Sampler
  readonly #open = new Map<RunningStep, { readonly name: StepName; readonly watch: AttemptWatch }>()

  constructor(newTools: () => AttemptControl, sampler: Sampler) {
    this.#newTools = newTools
    this.#sampler = sampler
  }

  run(order: StepOrder): RunningStep {
    const { tools, interrupt } = this.#newTools()
    const { name, timeoutMs } = order
    const token = `${tools.token}-${order.attempt.replaceAll(/[^\w.@#-]/g, '_')}`
    const shell = startStep({ ...tools, token }, order)
    const limit = setTimeout(() => interrupt({ type: 'time-limit', limitMs: timeoutMs }), timeoutMs)
    const unwatch = this.#sampler.add(tools.watch)
    const finish = async (): Promise<string | undefined> => {
      const note = await shell.finish()
      unwatch()
      this.#open.delete(step)
      return note === undefined ? undefined : `the ${name} ${note}`
    }
    let finished: Promise<string | undefined> | undefined
    const release = (): Promise<string | undefined> => (finished ??= finish())
    const run = async (): Promise<StepEnd> => {
      const end = await shell.exited
      clearTimeout(limit)
      const problem = stepProblem(name, end, tools.signal)
      const note = name === 'set-up' && problem === undefined ? undefined : await release()
      return {
        ...(problem !== undefined && { problem }),
        stdout: shell.stdout.captured(),
        stderr: shell.stderr.captured(),
        ...(note !== undefined && { note }),
      }
    }
    const step: RunningStep = {
      done: run(),
      stop: (reason) => interrupt({ type: 'stopped', reason }),
      release,
    }
    this.#open.set(step, { name, watch: tools.watch })
    return step
  }

  get now(): SlotUsage[] {
    return [...this.#open.values()].map(({ watch }) => watch.now)
  }

  /** Stops set-ups and ends what they have left. A tear-down that runs is waited for; its limit is its own. */
  async close(): Promise<void> {
    const open = [...this.#open]
    for (const [step, { name }] of open) if (name === 'set-up') step.stop('the worker pool was closed')
    await Promise.all(open.map(([step]) => step.release()))
  }
}
