import { BLOCKED, type Entry } from './entry.ts'
import type { Machine } from './resources/machine.ts'
import type { ScheduledUnit } from './scheduled-unit.ts'
import type { SuiteTable } from './suite-table.ts'

/** @throws RangeError for an estimate that isn't above 0, or a score below 0 */
export function newEntry(unit: ScheduledUnit, machine: Machine, suites: SuiteTable): Entry {
  return {
    unit,
    claim: machine.claimOf(unit.needs),
    suite: suites.of(unit.suite),
    gates: [...new Set(unit.dependsOn)].map((id) => suites.of(id)),
    state: BLOCKED,
    score: checkScore(unit.id, unit.score),
    estimateMs: checkEstimate(unit.id, unit.estimateMs),
    pathMs: 0,
    key: 0,
    urgent: false,
    passes: 0,
    endMs: 0,
  }
}

export function checkEstimate(id: string, ms: number): number {
  if (!(ms > 0 && ms < Number.POSITIVE_INFINITY)) throw new RangeError(`${id}: an estimate of ${ms} ms`)
  return ms
}

export function checkScore(id: string, score: number): number {
  if (!(score >= 0 && score < Number.POSITIVE_INFINITY)) throw new RangeError(`${id}: a score of ${score}`)
  return score
}
