import type { Outcome, TestCase } from '@muster/model'
import type { AttemptEnd, StepOrder, WorkerPool, WorkListener, WorkOrder } from '@muster/workers'

/** What an attempt of the fake pool does; nothing told means a pass of one test. */
export interface ScriptedAttempt {
  readonly cases?: readonly TestCase[]
  readonly outcome?: Outcome
  readonly unfit?: string
  readonly notes?: readonly string[]
  readonly stdout?: string
  readonly slow?: boolean
  /** Runs until it is stopped. */
  readonly hangs?: boolean
}

export const passedCase: TestCase = { path: ['t'], status: 'passed', durationMs: 1 }

/** Answers attempts in order from a script, and remembers what it was asked for. */
export class FakePool implements WorkerPool {
  readonly orders: WorkOrder[] = []
  readonly stops: string[] = []
  readonly steps: string[] = []
  readonly stepEnds = new Map<string, { readonly problem?: string }>()
  readonly #script: ScriptedAttempt[]

  constructor(script: readonly ScriptedAttempt[] = []) {
    this.#script = [...script]
  }

  run(order: WorkOrder, listener: WorkListener) {
    this.orders.push(order)
    const attempt = this.#script.shift() ?? {}
    for (const each of attempt.cases ?? [passedCase]) listener.case(each)
    if (attempt.slow === true) listener.slow()
    let abort: ((reason: string) => void) | undefined
    const aborted = new Promise<string>((resolve) => (abort = resolve))
    const done =
      attempt.hangs === true ? aborted.then((reason) => end(attempt, reason)) : Promise.resolve(end(attempt))
    return {
      done,
      stop: (reason: string, how?: { readonly graceMs?: number }) => {
        this.stops.push(how?.graceMs === 0 ? `${reason}, now` : reason)
        abort?.(reason)
      },
    }
  }

  runStep(order: StepOrder) {
    this.steps.push(order.command)
    const nothing = { data: Buffer.alloc(0), totalBytes: 0 }
    const { problem } = this.stepEnds.get(order.command) ?? {}
    return {
      done: Promise.resolve({ stdout: nothing, stderr: nothing, ...(problem !== undefined && { problem }) }),
      stop: () => undefined,
      release: () => Promise.resolve(undefined),
    }
  }

  usageNow() {
    return { cpus: 0, memoryBytes: 0, slots: [] }
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }
}

function end({ outcome, unfit, notes = [], stdout = '' }: ScriptedAttempt, aborted?: string): AttemptEnd {
  const data = Buffer.from(stdout)
  return {
    outcome:
      aborted === undefined ? (outcome ?? { status: 'passed' }) : { status: 'aborted', reason: aborted },
    durationMs: 12,
    stdout: { data, totalBytes: data.length },
    stderr: { data: Buffer.alloc(0), totalBytes: 0 },
    ...(unfit !== undefined && { unfit }),
    notes,
  }
}
