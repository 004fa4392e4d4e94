import type { UnitId } from '@muster/model'
import type { ScheduledUnit } from '../scheduled-unit.ts'
import type { SimulatedUnit } from './simulate.ts'

/** Mean end of units weighed by their scores, ms: how soon a failure would show. Unweighed when all scores are 0. */
export function meanEndMs(
  simulated: readonly SimulatedUnit[],
  byId: ReadonlyMap<UnitId, ScheduledUnit>,
): number {
  const scores = simulated.map(({ unit }) => byId.get(unit)!.score)
  const total = scores.reduce((sum, score) => sum + score, 0)
  const weights = total > 0 ? scores.map((score) => score / total) : scores.map(() => 1 / simulated.length)
  return simulated.reduce((sum, { endMs }, index) => sum + weights[index]! * endMs, 0)
}
