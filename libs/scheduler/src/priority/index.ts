export { adaptedOrder, type Candidate } from './adapted-order.ts'
export { emptyFailureMemory, type FailureMemory } from './failure-memory.ts'
export {
  beginRun,
  expectedDurations,
  learnCycle,
  learnAll,
  predictFailures,
  worthAgainstTime,
} from './failure-predictor.ts'
export type { InRunOdds } from './in-run-odds.ts'
export { cyclesOfFiles, cyclesOfSuites, type PastResult } from './past-result.ts'
export { score, worthEarly, type ScoreInput } from './score.ts'
export type { TestVerdict, VerdictCycle } from './verdict-cycle.ts'
export type { WorthPerTime } from './worth-per-time.ts'
