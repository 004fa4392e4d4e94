import { type InProcessProgram, judgeInProcess } from '@muster/runners'

import type { UnitEnd } from './attempt.ts'
import type { AttemptTools } from './attempt-tools.ts'
import type { HostProcess } from './host-process.ts'
import { interruptedOutcome } from './interruption.ts'
import { runOnHost } from './run-on-host.ts'
import type { WorkListener, WorkOrder } from './work-order.ts'

/** Runs an in-process unit and judges it. */
export async function runInProcess(
  tools: AttemptTools,
  host: HostProcess,
  order: WorkOrder & { readonly program: InProcessProgram },
  listener: WorkListener,
): Promise<UnitEnd> {
  const { end, stdout, stderr, unfit, note, ...heard } = await runOnHost(tools, host, order, listener)
  // A unit that told its end just before it was interrupted keeps its verdict.
  const interrupted = end.done ? undefined : interruptedOutcome(tools.signal)
  const { counts, closing, error } = heard
  const evidence = {
    messages: {
      cases: counts,
      ...(closing && { end: closing.counts }),
      ...(closing?.missing !== undefined && { missing: closing.missing }),
      ...(error && { error }),
    },
    exit: end.exit ?? null,
    suite: { allowNoTests: order.allowNoTests },
  }
  const notes = [closing?.missing, note].filter((each) => each !== undefined)
  return {
    outcome: interrupted ?? judgeInProcess(evidence),
    stdout,
    stderr,
    // Our own kill says nothing about threads.
    ...(unfit !== undefined && !interrupted && { unfit }),
    ...(closing?.whole !== undefined && { whole: closing.whole }),
    ...(closing?.fileMs && { fileMs: closing.fileMs }),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  }
}
