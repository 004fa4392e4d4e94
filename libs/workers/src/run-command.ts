import { countCases, NO_COUNTS, type Outcome } from '@muster/model'
import { clearResults, collectResults, type CommandProgram, judgeCommand } from '@muster/runners'

import type { UnitEnd } from './attempt.ts'
import { marker, type AttemptTools } from './attempt-tools.ts'
import { interruptedOutcome } from './interruption.ts'
import { Spool } from './output/spool.ts'
import type { ProcessEnd } from './process-end.ts'
import { startShell } from './shell-process.ts'
import type { WorkListener, WorkOrder } from './work-order.ts'

type CommandOrder = WorkOrder & { readonly program: CommandProgram }

/** Runs a command in a shell of its own, collects its results and judges them. */
export async function runCommand(
  tools: AttemptTools,
  order: CommandOrder,
  listener: WorkListener,
): Promise<UnitEnd> {
  const { program } = order
  const started = performance.now()
  await clearResults(program)
  const { results } = program
  const spool =
    results.format !== 'exit-code' && results.from === 'stdout' ? new Spool(tools.token) : undefined
  const shell = startShell({
    ...tools,
    command: program.command,
    cwd: program.cwd,
    env: order.env,
    marker: marker(tools, tools.token),
    background: false,
    ...(spool && { onStdout: (chunk) => spool.write(chunk) }),
  })
  const exit = await shell.exited
  const interrupted = interruptedOutcome(tools.signal)
  const durationMs = performance.now() - started
  const note = await shell.finish()
  // The cases that an interrupted command has left are told, too: they are what is known.
  const outcome = await judge(tools, order, listener, { exit, durationMs, ...(spool && { spool }) })
  spool?.close()
  return {
    outcome: interrupted ?? outcome,
    stdout: shell.stdout,
    stderr: shell.stderr,
    ...(note !== undefined && { note }),
  }
}

interface Ended {
  readonly exit: ProcessEnd
  readonly durationMs: number
  readonly spool?: Spool
}

async function judge(
  { root }: AttemptTools,
  { program, allowNoTests }: CommandOrder,
  listener: WorkListener,
  { exit, durationMs, spool }: Ended,
): Promise<Outcome> {
  const stdout = spool?.read() ?? ''
  const { cases, warnings, complete } = await collectResults(program, { stdout, exit, root, durationMs })
  const [warning] = warnings
  const outcome = judgeCommand({
    source: program.results,
    cases: cases.length === 0 ? NO_COUNTS : countCases(cases),
    complete,
    exit,
    suite: { allowNoTests },
    ...(warning !== undefined && { warning }),
  })
  // A command that isn't there ran no test: its exit code is no test case.
  if (outcome.status !== 'environment-error') for (const each of cases) listener.case(each)
  return outcome
}
