import { learnCoFailures } from './co-failure.ts'
import { baseRate, emptyFailureMemory, weightsFor, type FailureMemory } from './failure-memory.ts'
import { forecast, type Forecast } from './forecast.ts'
import { InRunOdds } from './in-run-odds.ts'
import { boldest, learnBoldness } from './learn-boldness.ts'
import { teach } from './logistic-mix.ts'
import { judge } from './opinions.ts'
import { count, emptyTally } from './tally.ts'
import { newTestMemory, remember } from './test-memory.ts'
import type { TestVerdict, VerdictCycle } from './verdict-cycle.ts'
import { learnTrust, worthPerTime, type WorthPerTime } from './worth-per-time.ts'

/** Cycles with more failures teach less by each: every failing cycle matters the same, however many tests it breaks. */
const FAILURES_OF_FULL_IMPORTANCE = 3
/** What a cycle without failures teaches about failures: that there are few, hardly where. */
const IMPORTANCE_OF_A_GREEN_CYCLE = 0.3
/** Runs after which a situation's tally, or that of all tests, is halved. */
const SITUATION_LIMIT = 800
const ALL_LIMIT = 20_000

/**
 * How likely each test is to fail in the next run, 0..1, in the order given; a name may be there twice. It means what it
 * says only roughly (the order is what it is made for), and reads nothing but cycles learned before.
 */
export const predictFailures = (memory: FailureMemory, tests: readonly string[]): readonly number[] =>
  forecast(memory, tests).likelihoods

/** The likelihoods (0..1, by test) of a run that begins, to be moved by its verdicts; as bold as has paid off so far. */
export const beginRun = (memory: FailureMemory, likelihoods: ReadonlyMap<string, number>): InRunOdds =>
  new InRunOdds(likelihoods, memory.coFailures, boldest(memory.boldness))

/** Milliseconds of each test, smoothed over its past; for one that never ran, the mean of the others (1 if none did). */
export function expectedDurations(memory: FailureMemory, tests: readonly string[]): number[] {
  const known = tests.flatMap((test) => memory.tests.get(test)?.durationMs ?? [])
  const mean = known.length === 0 ? 1 : known.reduce((sum, each) => sum + each, 0) / known.length
  return tests.map((test) => memory.tests.get(test)?.durationMs ?? mean)
}

/**
 * What a likelihood is worth against time, as it would have paid off so far: grows with the likelihood, falls with the
 * duration, and only its order means something.
 */
export function worthAgainstTime(memory: FailureMemory, durations: readonly number[]): WorthPerTime {
  const total = durations.reduce((sum, each) => sum + each, 0)
  return worthPerTime(memory.trust, total / Math.max(1, durations.length))
}

/** A memory of these cycles, oldest first. */
export function learnAll(cycles: Iterable<VerdictCycle>): FailureMemory {
  const memory = emptyFailureMemory()
  for (const cycle of cycles) learnCycle(memory, cycle)
  return memory
}

/** Takes in one finished cycle, in time O(tests · log tests), whatever came before. Changes `memory`. */
export function learnCycle(memory: FailureMemory, cycle: VerdictCycle): void {
  const verdicts = oncePerTest(cycle)
  const before = forecast(
    memory,
    verdicts.map(({ test }) => test),
  )
  const failures = verdicts.filter(({ failed }) => failed).length
  if (failures > 0) learnOrder(memory, verdicts, before)
  const importance =
    failures === 0 ? IMPORTANCE_OF_A_GREEN_CYCLE : Math.min(1, FAILURES_OF_FULL_IMPORTANCE / failures)
  verdicts.forEach((verdict, i) => {
    const { contexts, inputs } = before.signs[i]!
    const weights = weightsFor(memory, memory.tests.get(verdict.test))
    teach(weights, inputs, verdict.failed, importance)
    contexts.forEach((key, table) => countSituation(memory, table, key, verdict.failed))
  })
  for (const verdict of verdicts) learnVerdict(memory, verdict)
  memory.cycles += 1
}

function learnOrder(memory: FailureMemory, verdicts: readonly TestVerdict[], before: Forecast): void {
  const tests = verdicts.map(({ test }) => test)
  const failed = verdicts.map((each) => each.failed)
  judge(memory.merits, before.opinions, failed)
  const candidates = tests.map((test, i) => ({ test, likelihood: before.likelihoods[i]! }))
  learnBoldness(memory.boldness, candidates, failed, memory.coFailures)
  const durations = expectedDurations(memory, tests)
  learnTrust(
    memory.trust,
    verdicts.map((verdict, i) => ({
      likelihood: before.likelihoods[i]!,
      expectedMs: durations[i]!,
      actualMs: verdict.durationMs ?? durations[i]!,
      failed: verdict.failed,
    })),
  )
  learnCoFailures(
    memory.coFailures,
    tests,
    tests.filter((_, i) => failed[i]),
  )
}

function countSituation(memory: FailureMemory, table: number, key: number, failed: boolean): void {
  const tallies = memory.situations[table]!
  let tally = tallies.get(key)
  if (tally === undefined) tallies.set(key, (tally = emptyTally()))
  count(tally, failed, SITUATION_LIMIT)
}

function learnVerdict(memory: FailureMemory, { test: name, failed, durationMs }: TestVerdict): void {
  count(memory.all, failed, ALL_LIMIT)
  if (durationMs !== undefined)
    memory.meanMs += (durationMs - memory.meanMs) / Math.min(memory.all.runs, ALL_LIMIT)
  let test = memory.tests.get(name)
  if (test === undefined) memory.tests.set(name, (test = newTestMemory(baseRate(memory), durationMs ?? 0)))
  remember(test, memory.cycles, failed, durationMs)
}

function oncePerTest(cycle: VerdictCycle): TestVerdict[] {
  const verdicts = new Map<string, TestVerdict>()
  for (const verdict of cycle) {
    const known = verdicts.get(verdict.test)
    verdicts.set(
      verdict.test,
      known === undefined ? verdict : { ...verdict, failed: known.failed || verdict.failed },
    )
  }
  return [...verdicts.values()]
}
