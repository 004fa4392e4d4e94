import { spawn } from 'node:child_process'
import { ok, err, type Result, type RunRecord } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { compareSides, goneSinceBase, type Sides } from './compare-sides.ts'
import { confirmAll, isSuspect } from './compared-suite.ts'
import { differingLockfiles } from './differing-lockfiles.ts'
import { measureOnce, type MeasureOptions } from './measure-once.ts'
import { sameSuitesIn, type MeasuredSuite } from './measured-suites.ts'
import { measurementsOf } from './measurements.ts'
import { tellComparison, type ComparisonOutcome } from './tell-comparison.ts'
import { openWorktree, type Worktree } from './worktree.ts'

export interface AgainstOptions extends Omit<MeasureOptions, 'skipCache' | 'isCheckout'> {
  readonly rounds?: number
  readonly build?: string
  readonly json?: boolean
}

/** Of each side; a round of tinybench has at least five samples. */
const ROUNDS = 2

/**
 * Measures a revision and the working tree in turns on this very machine: what slows the one slows the other. The checkout
 * goes away again, whatever happens; after a kill with the next call.
 */
export async function compareAgainst(
  root: string,
  suites: readonly MeasuredSuite[],
  revision: string,
  options: AgainstOptions,
): Promise<number> {
  const opened = await openWorktree(root, revision)
  if (!opened.ok) return fail(EXIT.usage, opened.error)
  const worktree = opened.value
  try {
    const differing = options.build === undefined ? differingLockfiles(root, worktree.root) : []
    if (differing.length > 0)
      console.error(
        `muster: ${differing.join(', ')} of ${revision} differs, and both are measured with the packages that are installed here. --build "npm ci" (or alike) installs its own.`,
      )
    const built = options.build === undefined ? 0 : await shell(options.build, worktree.root)
    if (options.isStopped()) return fail(EXIT.aborted, 'stopped')
    if (built !== 0)
      return fail(EXIT.environment, `"${options.build}" exited with ${built} in the checkout of ${revision}`)
    const both: BothSides = { root, worktree, suites, options }
    const compared = await inTurns(both, await sameSuitesIn(worktree.root, suites))
    if (!compared.ok) return fail(options.isStopped() ? EXIT.aborted : EXIT.environment, compared.error)
    const against = `${revision} (${worktree.commit})`
    return await tellComparison(root, { ...compared.value, against }, options.json === true)
  } finally {
    await worktree.remove()
  }
}

interface BothSides {
  readonly root: string
  readonly worktree: Worktree
  readonly suites: readonly MeasuredSuite[]
  readonly options: AgainstOptions
}

/** @param inBase those of the suites that the base has; the others have nothing to be compared with */
async function inTurns(
  both: BothSides,
  inBase: readonly MeasuredSuite[],
): Promise<Result<ComparisonOutcome, string>> {
  const first = await measureTurns(both, inBase)
  if (!first.ok) return first
  const { base, current, records } = first.value
  const missing = [...base.missing.map((each) => `base: ${each}`), ...current.missing]
  const remarks = [...current.warnings, ...goneSinceBase(first.value)]
  const compared = compareSides(first.value)
  const suspects = compared.filter(isSuspect).map(({ measured }) => measured.suite)
  if (suspects.length === 0) return ok({ suites: compared, records, missing, remarks })
  console.error('muster: what looks like a regression is measured again, to confirm it')
  const isSuspected = ({ id }: MeasuredSuite): boolean => suspects.some((each) => each.id === id)
  const again = await measureTurns({ ...both, suites: suspects }, inBase.filter(isSuspected))
  if (!again.ok) return again
  return ok({
    suites: confirmAll(compared, compareSides(again.value)),
    records: [...records, ...again.value.records],
    missing,
    remarks,
  })
}

interface MeasuredSides extends Sides {
  /** Of the working tree. */
  readonly records: readonly RunRecord[]
}

/** Base, current, current, base, …: a machine that gets slower is as unfair to the one as to the other. */
async function measureTurns(
  { root, worktree, suites, options }: BothSides,
  inBase: readonly MeasuredSuite[],
): Promise<Result<MeasuredSides, string>> {
  const { rounds = ROUNDS } = options
  const base = { dir: worktree.root, suites: inBase, isCheckout: true, records: [] as RunRecord[] }
  const current = { dir: root, suites, isCheckout: false, records: [] as RunRecord[] }
  for (let round = 0; round < rounds; round++) {
    console.error(`muster: measuring ${worktree.commit} and the working tree (${round + 1} of ${rounds}) …`)
    for (const side of round % 2 === 0 ? [base, current] : [current, base]) {
      const { isCheckout } = side
      const run = await measureOnce(side.dir, side.suites, { ...options, skipCache: true, isCheckout })
      if (!run.ok) return isCheckout ? err(`${worktree.commit}: ${run.error}`) : run
      side.records.push(...run.value)
    }
  }
  return ok({
    base: measurementsOf(inBase, base.records),
    current: measurementsOf(suites, current.records),
    records: current.records,
  })
}

const shell = (command: string, cwd: string): Promise<number> =>
  new Promise((resolve) => {
    // Its words are not our answer, which may be JSON.
    const child = spawn(command, { cwd, shell: true, stdio: ['ignore', 2, 2] })
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })

function fail(code: number, message: string): number {
  console.error(`muster: ${message}`)
  return code
}
