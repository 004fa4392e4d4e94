import { randomBytes } from 'node:crypto'
import { runId } from '@muster/model'
import { CoordinatorLife, type Moment } from './coordinator-life.ts'
import type { CrashWorkspace } from './crash-workspace.ts'
import { readRun, type RunStory } from './read-run.ts'
import type { Random } from './random.ts'

/** Longer than a coordinator takes from its birth to its first answer. */
const BOOT_MS = 800
/** Longer than from one answer to the next, and from the last one to its end. */
const STEP_MS = 50

/** The runs that a workspace needed until one of them came to its end, in their order. */
export interface Round {
  readonly runs: readonly RunStory[]
  readonly kills: readonly Moment[]
}

/** Runs all suites; the coordinator is killed so many times on the way, and then lives. */
export async function playRound(workspace: CrashWorkspace, kills: number, random: Random): Promise<Round> {
  const requests = await workspace.requests()
  const runs: RunStory[] = []
  const done: Moment[] = []
  for (;;) {
    const left = kills - done.length
    const settled = new Set(runs.flatMap(({ passed }) => [...passed])).size
    const moment = left > 0 ? momentOf(random, settled, requests.length, left) : undefined
    const run = runId(new Date(), randomBytes(3).toString('hex'))
    const killed = await new CoordinatorLife(workspace, run).live(requests, moment)
    if (killed && moment) done.push(moment)
    await workspace.nobodyLeft()
    const story = await readRun(workspace.root, run)
    runs.push(story)
    // Killed or not: there is nothing to resume.
    if (story.ended) return { runs, kills: done }
    if (!killed) throw new Error(`the coordinator of ${run} ended by itself: ${workspace.log()}`)
  }
}

/** Spread over what is left to do, so that the last one is near the end; some at birth, some at the very end. */
function momentOf(random: Random, settled: number, suites: number, left: number): Moment {
  const kind = random.next()
  if (kind < 0.1) return { after: 'birth', ms: random.upTo(BOOT_MS) }
  if (kind < 0.15) return { after: 'last answer', ms: random.upTo(STEP_MS) }
  const share = Math.ceil((2 * (suites - settled)) / (left + 1))
  const count = Math.min(suites - 1, settled + 1 + random.upTo(share))
  return { after: 'answers', count, ms: random.next() * STEP_MS }
}
