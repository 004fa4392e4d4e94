import type { RunPlan } from '@muster/engine/plan'

/** The first plan in full, and what each number of workers would come to. Durations in milliseconds. */
export function planAsJson(plans: readonly RunPlan[]): object {
  const [first] = plans
  if (!first) return {}
  const { plan, suites, capacity, noDevice } = first
  return {
    ...figures(first),
    objective: plan.objective,
    capacity,
    suites: suites.map(({ planned: { suite, estimateMs, needs, units }, phase, score }) => ({
      name: suite.id,
      kind: suite.kind,
      priority: suite.priority,
      phase: phase + 1,
      estimateMs: Math.round(estimateMs),
      shards: units.length,
      needs,
      score,
    })),
    units: plan.units.map(({ unit, suite, slot, startMs, endMs, group, cause, critical }) => ({
      unit,
      suite,
      worker: slot + 1,
      startMs: Math.round(startMs),
      endMs: Math.round(endMs),
      group,
      after: cause ?? null,
      critical,
    })),
    skipped: plan.skipped,
    noDevice: [...noDevice].map(([suite, reason]) => ({ suite, reason })),
    whatIf: plans.map(figures),
  }
}

function figures({ plan, capacity }: RunPlan): object {
  const { makespanMs, lowerBoundMs, distance, feedbackMs, units } = plan
  return {
    workers: capacity.workers,
    makespanMs: Math.round(makespanMs),
    lowerBoundMs: Math.round(lowerBoundMs),
    distance: Number(distance.toFixed(4)),
    feedbackMs: Math.round(feedbackMs),
    criticalPath: units.filter(({ critical }) => critical).map(({ unit }) => unit),
  }
}
