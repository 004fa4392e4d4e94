import type { Outcome } from '@muster/model'

import type { AttemptEnd } from './attempt-end.ts'
import type { AttemptTools } from './attempt-tools.ts'
import { interruptedOutcome } from './interruption.ts'
import type { BoundedCapture } from './output/bounded-capture.ts'
import { joinSections } from './output/sections.ts'
import { describeEnd, isSuccess } from './process-end.ts'
import { runTearDown, startSetUp } from './suite-steps.ts'
import type { WorkOrder } from './work-order.ts'

/** How the unit itself ended, whatever ran it. */
export interface UnitEnd {
  readonly outcome: Outcome
  readonly stdout: BoundedCapture
  readonly stderr: BoundedCapture
  readonly unfit?: string
  readonly whole?: string
  readonly fileMs?: Readonly<Record<string, number>>
  readonly note?: string
}

/**
 *   set-up ──ok──▶ unit ──▶ tear-down ──▶ end
 *     └── failed, interrupted ──▶ ┘
 *
 * Once the set-up has started, the tear-down runs, whatever ended the attempt; it has a limit of its own
 * and can't be interrupted. Services that the set-up left running live until the tear-down has ended.
 */
export async function runAttempt(
  tools: AttemptTools,
  order: WorkOrder,
  runUnit: () => Promise<UnitEnd>,
): Promise<AttemptEnd> {
  const started = performance.now()
  const notes: string[] = []
  const setUp = startSetUp(tools, order)
  const failedSetUp = setUp && setUpFailure(tools, await setUp.exited)
  const unit = failedSetUp ? undefined : await runUnit()
  const durationMs = performance.now() - started
  if (unit?.note !== undefined) notes.push(unit.note)

  const tearDown = await runTearDown(tools, order)
  const background = await setUp?.finish()
  if (background !== undefined) notes.push(`the set-up ${background}`)
  if (tearDown?.problem !== undefined) notes.push(tearDown.problem)
  if (tearDown?.note !== undefined) notes.push(`the tear-down ${tearDown.note}`)

  const { watch } = tools
  const told = failedSetUp ?? unit?.outcome ?? { status: 'aborted', reason: 'nothing was run' }
  const outcome = watch.verdict(told)
  const usage = watch.usage()
  const sections = { 'set-up': setUp, unit, 'tear-down': tearDown?.shell }
  return {
    outcome: afterTearDown(outcome, tearDown?.problem),
    durationMs,
    stdout: joinSections(sections, 'stdout'),
    stderr: joinSections(sections, 'stderr'),
    // A thread that the kernel has killed says nothing about threads.
    ...(unit?.unfit !== undefined && outcome === told && { unfit: unit.unfit }),
    ...(unit?.whole !== undefined && { whole: unit.whole }),
    ...(unit?.fileMs && { fileMs: unit.fileMs }),
    ...(usage && { usage }),
    notes: [...notes, ...watch.notes(outcome)],
  }
}

function setUpFailure(tools: AttemptTools, end: Parameters<typeof isSuccess>[0]): Outcome | undefined {
  if (isSuccess(end)) return interruptedOutcome(tools.signal)
  const message = `The set-up failed (${describeEnd(end)}).`
  return interruptedOutcome(tools.signal) ?? { status: 'environment-error', message }
}

/**
 * A tear-down that failed after a pass has left something behind that the next suite may trip over: that
 * must not be cached as a clean pass. It is no test failure either. After any other outcome it is a note.
 */
function afterTearDown(outcome: Outcome, problem: string | undefined): Outcome {
  if (problem === undefined || outcome.status !== 'passed') return outcome
  return { status: 'environment-error', message: `The tests passed, but ${problem}.` }
}
