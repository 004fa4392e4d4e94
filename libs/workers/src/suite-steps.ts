import { marker, type AttemptTools } from './attempt-tools.ts'
import type { Interruption } from './interruption.ts'
import { describeEnd, isSuccess, type ProcessEnd } from './process-end.ts'
import { type ShellProcess, startShell } from './shell-process.ts'
import type { WorkOrder } from './work-order.ts'

const TEAR_DOWN_LIMIT_MS = 30_000

export type StepName = 'set-up' | 'tear-down'

export interface StepCommand {
  readonly name: StepName
  /** For a shell. */
  readonly command: string
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Undefined when the suite has none. */
export function startSetUp(tools: AttemptTools, order: WorkOrder): ShellProcess | undefined {
  const { setUp, env, program } = order
  if (setUp === undefined) return undefined
  return startStep(tools, { name: 'set-up', command: setUp, cwd: program.cwd, env })
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
  const { tearDown, env, program } = order
  if (tearDown === undefined) return undefined
  const limit = new AbortController()
  const reason: Interruption = { type: 'time-limit', limitMs: TEAR_DOWN_LIMIT_MS }
  const timer = setTimeout(() => limit.abort(reason), TEAR_DOWN_LIMIT_MS)
  const command = { name: 'tear-down', command: tearDown, cwd: program.cwd, env } as const
  const shell = startStep({ ...tools, signal: limit.signal }, command)
  const end = await shell.exited
  clearTimeout(timer)
  const note = await shell.finish()
  const problem = stepProblem('tear-down', end, limit.signal)
  return { shell, ...(problem !== undefined && { problem }), ...(note !== undefined && { note }) }
}

/** Part of a sentence; undefined when the step has done its work. */
export function stepProblem(name: StepName, end: ProcessEnd, signal: AbortSignal): string | undefined {
  if (signal.aborted) {
    const interruption = signal.reason as Interruption
    if (interruption.type === 'time-limit') return `the ${name} was killed after ${interruption.limitMs} ms`
    if (interruption.type === 'stopped') return `the ${name} was stopped: ${interruption.reason}`
  }
  return isSuccess(end) ? undefined : `the ${name} failed (${describeEnd(end)})`
}

/**
 * With a marker of its own: killing the unit must not kill the services that its set-up started, which go on
 * until its `finish`.
 */
export function startStep(tools: AttemptTools, { name, command, cwd, env }: StepCommand): ShellProcess {
  const token = `${tools.token}-${name}`
  return startShell({
    ...tools,
    command,
    cwd,
    env,
    token,
    marker: marker(tools, token),
    background: name === 'set-up',
  })
}
