import { spawn } from 'node:child_process'
import { compare, confirm, type Comparison } from '@muster/baselines'
import { corrected, toRecord, type ComparedValue } from '@muster/engine/baselines'
import { err, ok, type Result, type RunRecord } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { comparisonTable, countVerdicts } from './comparison-table.ts'
import { measureOnce, type MeasureOptions } from './measure-once.ts'
import type { MeasuredSuite } from './measured-suites.ts'
import { keyOf, measurementsOf, type Measurements } from './measurements.ts'
import { openWorktree, type Worktree } from './worktree.ts'

export interface AgainstOptions extends Omit<MeasureOptions, 'skipCache'> {
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
  const stop = stopper()
  try {
    const built = options.build === undefined ? 0 : await shell(options.build, worktree.root)
    if (built !== 0)
      return fail(EXIT.environment, `"${options.build}" exited with ${built} in the checkout of ${revision}`)
    const compared = await inTurns(root, worktree, suites, options, stop.isStopped)
    if (!compared.ok) return fail(stop.isStopped() ? EXIT.aborted : EXIT.environment, compared.error)
    return report(compared.value, suites, `${revision} (${worktree.commit})`, options.json === true)
  } finally {
    await worktree.remove()
    stop.close()
  }
}

interface SideComparison extends ComparedValue {
  readonly suite: string
}

interface AgainstResult {
  readonly compared: readonly SideComparison[]
  readonly missing: readonly string[]
}

async function inTurns(
  root: string,
  worktree: Worktree,
  suites: readonly MeasuredSuite[],
  options: AgainstOptions,
  isStopped: () => boolean,
): Promise<Result<AgainstResult, string>> {
  const sides = await measureTurns(root, worktree, suites, options, isStopped)
  if (!sides.ok) return sides
  const first = compareSides(sides.value)
  const suspects = suites.filter(({ id }) =>
    first.some(({ suite, comparison }) => suite === id && comparison?.verdict === 'regression'),
  )
  const missing = [...sides.value.base.missing.map((each) => `base: ${each}`), ...sides.value.current.missing]
  if (suspects.length === 0) return ok({ compared: first, missing })
  console.error('muster: what looks like a regression is measured again, to confirm it')
  const again = await measureTurns(root, worktree, suspects, options, isStopped)
  if (!again.ok) return again
  const second = new Map(
    compareSides(again.value).map((each) => [`${each.suite} ${keyOf(each.value)}`, each]),
  )
  const compared = first.map((each) => confirmed(each, second.get(`${each.suite} ${keyOf(each.value)}`)))
  return ok({ compared, missing })
}

function confirmed(first: SideComparison, rerun: SideComparison | undefined): SideComparison {
  if (first.comparison?.verdict !== 'regression' || !rerun?.comparison) return first
  return { ...first, comparison: confirm(first.comparison, rerun.comparison) }
}

interface Sides {
  readonly base: Measurements
  readonly current: Measurements
}

/** Base, current, current, base, …: a machine that gets slower is as unfair to the one as to the other. */
async function measureTurns(
  root: string,
  worktree: Worktree,
  suites: readonly MeasuredSuite[],
  options: AgainstOptions,
  isStopped: () => boolean,
): Promise<Result<Sides, string>> {
  const rounds = options.rounds ?? ROUNDS
  const base: RunRecord[] = []
  const current: RunRecord[] = []
  for (let round = 0; round < rounds; round++) {
    console.error(`muster: measuring ${worktree.commit} and the working tree (${round + 1} of ${rounds}) …`)
    const order = [
      { dir: worktree.root, records: base },
      { dir: root, records: current },
    ]
    for (const { dir, records } of round % 2 === 0 ? order : order.toReversed()) {
      const run = await measureOnce(dir, suites, { ...options, skipCache: true })
      if (isStopped()) return err('stopped')
      if (!run.ok) return run
      records.push(...run.value)
    }
  }
  return ok({ base: measurementsOf(suites, base), current: measurementsOf(suites, current) })
}

function compareSides({ base, current }: Sides): AgainstResult['compared'] {
  return current.measured.flatMap(({ suite, values }) => {
    const before = new Map(
      base.measured.find((each) => each.suite.id === suite.id)?.values.map((value) => [keyOf(value), value]),
    )
    const compared = values.map((value): ComparedValue => {
      const other = before.get(keyOf(value))
      if (!other) return { value, answer: { verdict: 'no-baseline', reason: 'the base does not have it' } }
      if (other.unit !== value.unit || other.better !== value.better)
        return { value, answer: { verdict: 'unusable', reason: `the base measures it in ${other.unit}` } }
      const comparison: Comparison = compare({
        base: other.samples,
        current: value.samples,
        better: value.better,
        effectThreshold: suite.measure.threshold,
      })
      return { value, baseSamples: other.samples, comparison }
    })
    return corrected(compared).map((each) => ofSuite(suite.id, each))
  })
}

const ofSuite = (suite: string, compared: ComparedValue): SideComparison => ({ suite, ...compared })

function report(
  { compared, missing }: AgainstResult,
  suites: readonly MeasuredSuite[],
  base: string,
  json: boolean,
): number {
  const told = compared.map((each) => ({ suite: each.suite, ...toRecord(each) }))
  if (json) console.log(JSON.stringify({ base, comparisons: told }, null, 2))
  else if (told.length > 0)
    console.log(`${comparisonTable(told, 'BASE')}\n\n${countVerdicts(told)}, against ${base}`)
  for (const each of missing) console.error(`muster: not measured: ${each}`)
  const fails = new Set(suites.filter(({ measure }) => measure.onRegression === 'fail').map(({ id }) => id))
  if (told.some(({ suite, verdict }) => verdict === 'regression' && fails.has(suite as MeasuredSuite['id'])))
    return EXIT.failed
  return missing.length > 0 ? EXIT.environment : EXIT.passed
}

/** The signal goes to nx, too, which ends its run; we stay to clean up. */
function stopper(): { readonly isStopped: () => boolean; readonly close: () => void } {
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop)
  return {
    isStopped: () => stopped,
    close: () => process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop),
  }
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
