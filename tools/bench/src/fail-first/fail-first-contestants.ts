import type { Contestant } from '../contestant.ts'
import { MUSTER } from '../muster-contestants.ts'
import { PEERS } from '../peer-contestants.ts'
import { variedFiles } from './varied-suites.ts'

export interface FailFirstContestant extends Contestant {
  /** Starts each run with the memory of earlier ones. */
  readonly hasHistory: boolean
}

const OBJECTIVES = ['feedback', 'balanced', 'makespan'] as const

const base = MUSTER.find(({ name }) => name === 'muster run')!

const muster = (objective: (typeof OBJECTIVES)[number], hasHistory: boolean): FailFirstContestant => ({
  ...base,
  name: `muster, ${objective}${hasHistory ? '' : ', no history'}`,
  note: hasHistory ? 'knows which suites failed in earlier runs' : 'knows nothing',
  command: `${base.command} --objective ${objective}`,
  hasHistory,
})

const withoutHistory = (peer: Contestant): FailFirstContestant => ({ ...peer, hasHistory: false })

const withVariedFiles = (each: FailFirstContestant): FailFirstContestant => ({
  ...each,
  files: (suites) => ({ ...each.files(suites), ...variedFiles(suites) }),
})

export const FAIL_FIRST: readonly FailFirstContestant[] = [
  ...PEERS.filter(({ remembers }) => remembers).map(withoutHistory),
  muster('balanced', false),
  ...OBJECTIVES.map((objective) => muster(objective, true)),
].map(withVariedFiles)

/** Makes the history. */
export const HISTORIAN: FailFirstContestant = FAIL_FIRST.find(({ hasHistory }) => hasHistory)!
