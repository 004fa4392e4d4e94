import { NO_COUNTS, countCases, addCounts, type Counts, type TestCase } from '@muster/model'
import type { EndMessage, InProcessProgram, UnitMessage } from '@muster/runners'

import { marker, type AttemptTools } from './attempt-tools.ts'
import type { OwnUsage } from './host/own-usage.ts'
import type { HostMessage } from './host/protocol.ts'
import type { HostEnd, HostProcess } from './host-process.ts'
import { onAbort } from './interruption.ts'
import type { BoundedCapture } from './output/bounded-capture.ts'
import { describeEnd } from './process-end.ts'
import { killTree } from './processes/kill-tree.ts'
import { endLeftovers } from './processes/leftovers.ts'
import { MARKER } from './processes/marker.ts'
import { unfitForThreads } from './unfit-for-threads.ts'
import type { WorkListener, WorkOrder } from './work-order.ts'

export type UnitError = Extract<UnitMessage, { type: 'error' }>

export interface HostUnitEnd {
  /** Of the cases that were told. */
  readonly counts: Counts
  readonly closing?: EndMessage
  /** The first one. */
  readonly error?: UnitError
  readonly end: HostEnd
  readonly stdout: BoundedCapture
  readonly stderr: BoundedCapture
  readonly unfit?: string
  readonly note?: string
}

const WHERE = { thread: 'thread', process: 'once', none: 'reused' } as const

/** Runs an in-process unit on a host that the slot chose for it. */
export async function runOnHost(
  tools: AttemptTools,
  host: HostProcess,
  order: WorkOrder & { readonly program: InProcessProgram },
  listener: WorkListener,
): Promise<HostUnitEnd> {
  const { program, isolation } = order
  const heard = new Heard(listener)
  const group = host.pid === undefined ? {} : { group: host.pid }
  const tokens = isolation === 'none' ? [] : [tools.token]
  const cell = host.cell && { cell: host.cell }
  const everything = { tokens: [...tokens, host.token], ...group, ...cell }
  await host.settled
  // In a host that is kept: itself, and what its node options have started.
  const before = new Set(host.cell?.pids())
  tools.watch.limit(host.cell)
  const part = tools.watch.open(host.cell, () => tools.finder.pids(everything))
  // The children of a host that is reused belong to the host; it may need them for its next unit.
  const env = isolation === 'none' ? host.marker : marker(tools, tools.token)
  const unit = host.run(
    {
      token: tools.token,
      where: WHERE[isolation],
      cwd: program.cwd,
      env: { ...order.env, [MARKER]: env },
      entry: program.entry,
      input: program.input,
    },
    (message) => heard.accept(message),
  )
  let killing: Promise<unknown> | undefined
  const unsubscribe = onAbort(tools.signal, () => {
    killing = killTree(tools.finder, everything, { graceMs: tools.graceMs() })
  })
  const end = await unit.end
  // At once: a thread takes as long to start as most units take to run.
  if (isolation === 'thread' && !end.exit && order.hasMore?.() !== false)
    host.send({ type: 'prepare-thread' })
  unsubscribe()
  await killing
  const note = end.exit
    ? await endLeftovers(
        tools.finder,
        host.pid === undefined ? everything : { ...everything, except: host.pid },
      )
    : tokens.length > 0 &&
      (await endLeftovers(tools.finder, {
        tokens,
        ...group,
        ...cell,
        before,
        ...(host.pid && { except: host.pid }),
      }))
  part.close(heard.usage)
  if (end.exit) await host.close()
  else tools.watch.lift(host.cell)
  const unfit = isolation === 'thread' ? heard.unfitReason(program, end) : undefined
  return {
    counts: heard.counts,
    ...(heard.closing && { closing: heard.closing }),
    ...(heard.error && { error: heard.error }),
    end,
    stdout: unit.stdout,
    stderr: unit.stderr,
    ...(unfit !== undefined && { unfit }),
    ...(note && { note }),
  }
}

/** What a host told about its unit. */
class Heard {
  counts: Counts = NO_COUNTS
  closing: EndMessage | undefined
  error: UnitError | undefined
  usage: OwnUsage | undefined
  #unfit: string | undefined
  readonly #listener: WorkListener

  constructor(listener: WorkListener) {
    this.#listener = listener
  }

  accept(message: HostMessage): void {
    switch (message.type) {
      case 'case':
        this.#acceptCase(message.case)
        break
      case 'end':
        this.closing = message
        break
      case 'error':
        this.error ??= message
        this.#look(message.message)
        break
      case 'unfit':
        this.#unfit ??= message.reason
        break
      case 'usage':
        this.usage = message
        break
      case 'done':
        break
    }
  }

  #acceptCase(testCase: TestCase): void {
    this.counts = addCounts(this.counts, countCases([testCase]))
    if (testCase.error) this.#look(`${testCase.error.message}\n${testCase.error.stack ?? ''}`)
    this.#listener.case(testCase)
  }

  /** What the guards in the thread didn't see: Node has more refusals than functions we watch. */
  #look(text: string): void {
    const match = /ERR_WORKER_UNSUPPORTED_OPERATION|is not supported in workers|did not self-register/.exec(
      text,
    )
    if (match) this.#unfit ??= `a thread can't do what a test asks for: ${match[0]}`
  }

  unfitReason(program: InProcessProgram, end: HostEnd): string | undefined {
    if (this.#unfit !== undefined) return this.#unfit
    const unfit = unfitForThreads(program)
    if (unfit !== undefined) return unfit
    if (end.exit) return `the process of the thread ended (${describeEnd(end.exit)})`
    return this.closing || this.error ? undefined : 'the thread ended without the end of the run'
  }
}
