import { suiteId, unitId } from '@muster/model'
import { makePlan, type ScheduledUnit } from '@muster/scheduler'

/** Suites of three layers; each waits for two of the layer before. */
const units = Array.from({ length: 600 }, (_, index): ScheduledUnit => {
  const suite = suiteId(`suite-${index}`)
  const phase = Math.floor(index / 200)
  const before = phase === 0 ? [] : [index - 200, index - 199]
  return {
    id: unitId(suite),
    suite,
    dependsOn: before.map((each) => suiteId(`suite-${each}`)),
    priority: 'medium',
    score: (index * 31) % 50,
    estimateMs: 50 + ((index * 97) % 900),
    needs: { cpus: 1, memoryBytes: 0, semaphores: index % 9 === 0 ? { database: 1 } : {}, exclusive: [] },
    halt: 'dependents',
    phase,
  }
})

const capacity = { workers: 4, cpus: 4, memoryBytes: 1e9, semaphores: { database: 2 }, labels: [] }

export default {
  'plans 600 suites for 4 workers': () =>
    makePlan(units, { capacity, objective: 'balanced', failFast: false }),
}
