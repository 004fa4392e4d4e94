import { marker, type AttemptTools } from './attempt-tools.ts'
import type { Interruption } from './interruption.ts'
import { describeEnd, isSuccess } from './process-end.ts'
import { type ShellProcess, startShell } from './shell-process.ts'
import type { WorkOrder } from './work-order.ts'

const TEAR_DOWN_LIMIT_MS = 30_000

/** Undefined when the suite has none. */
export function startSetUp(tools: AttemptTools, order: WorkOrder): ShellProcess | undefined {
  if (order.setUp === undefined) return undefined
  return startStep(tools, order, order.setUp, '-set-up', tools.signal, true)
}

export interface TearDownEnd {
  readonly shell: ShellProcess
  /** Set when it failed; part of a sentence. */
  readonly problem?: string
  /** About processes that it left. */
  readonly note?: string
}

/** Runs to its end, whatever interrupted the attempt; undefined when the suite has none. */
export async function runTearDown(tools: AttemptTools, order: WorkOrder): Promise<TearDownEnd | undefined> {
  if (order.tearDown === undefined) return undefined
  const limit = new AbortController()
  const reason: Interruption = { type: 'time-limit', limitMs: TEAR_DOWN_LIMIT_MS }
  const timer = setTimeout(() => limit.abort(reason), TEAR_DOWN_LIMIT_MS)
  const shell = startStep(tools, order, order.tearDown, '-tear-down', limit.signal, false)
  const end = await shell.exited
  clearTimeout(timer)
  const note = await shell.finish()
  const problem = limit.signal.aborted
    ? `the tear-down was killed after ${TEAR_DOWN_LIMIT_MS} ms`
    : isSuccess(end)
      ? undefined
      : `the tear-down failed (${describeEnd(end)})`
  return { shell, ...(problem !== undefined && { problem }), ...(note !== undefined && { note }) }
}

/** With a marker of its own: killing the unit must not kill the services that its set-up started. */
function startStep(
  tools: AttemptTools,
  { env, program }: WorkOrder,
  command: string,
  suffix: string,
  signal: AbortSignal,
  background: boolean,
): ShellProcess {
  const token = `${tools.token}${suffix}`
  const { finder, outputLimit, graceMs } = tools
  return startShell({
    command,
    cwd: program.cwd,
    env,
    token,
    marker: marker(tools, token),
    outputLimit,
    finder,
    signal,
    graceMs,
    background,
  })
}
