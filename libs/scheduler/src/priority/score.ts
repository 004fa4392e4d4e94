import type { Priority, Score, ScorePart } from '@muster/model'
import { describeAge } from './describe-age.ts'
import type { PastResult } from './past-result.ts'
import {
  LEAST_EFFICIENCY,
  SCORE_WEIGHTS,
  USUAL_COST_MS,
  USUAL_SCORE,
  USUAL_SHARE,
  VERDICT_HALF_LIFE_MS,
} from './score-weights.ts'

/** Numbers outside of their range count as its nearest end. */
export interface ScoreInput {
  readonly priority: Priority
  /** Business weight as declared, 1 being usual, ≥ 0. */
  readonly weight: number
  /** What the past says. `likelihood` 0..1 is that of `predictFailures`; `results` are oldest first. */
  readonly failures: { readonly likelihood: number; readonly results: readonly PastResult[] }
  /** Share and nearness of what changed among its inputs, 0..1, and that in words. */
  readonly change: { readonly impact: number; readonly why: string }
  /** Expected duration in ms, ≥ 0, and the share of the free machine that it takes meanwhile, 0..1. */
  readonly cost: { readonly estimateMs: number; readonly share: number }
  /** Likelihood 0..1 now that something has been seen in this run, and what that was. */
  readonly observed?: { readonly likelihood: number; readonly why: string }
}

/**
 * What a suite is worth early, > 0:
 *
 *   total = (priority + failures + change + observed) × efficiency + weight
 *
 *   failures   = 50 × likelihood × ½^(age of the last verdict / 30 days)
 *   change     = 30 × impact
 *   observed   = 50 × likelihood now − failures, so that it replaces what was thought before
 *   efficiency = ½ + ½ × 60 s / (60 s + estimate × share of the machine)
 *   weight     = 20 × business weight
 *
 * The cost is told as what efficiency takes away, so the parts add up to the total. `total` never falls when priority,
 * likelihood, impact or weight rises, nor rises with the cost.
 *
 * @param nowMs milliseconds since the epoch
 */
export function score(input: ScoreInput, nowMs: number): Score {
  const urgency = [
    priorityPart(input.priority),
    failuresPart(input.failures, nowMs),
    changePart(input.change),
    ...observedPart(input, nowMs),
  ]
  const urgent = urgency.reduce((sum, { value }) => sum + value, 0)
  const parts = [...urgency, costPart(input.cost, urgent), weightPart(input.weight)]
  return { total: parts.reduce((sum, { value }) => sum + value, 0), parts }
}

/**
 * What a score is worth against time, > 0 and rising with it. Of the points that nearly every suite has, only a twentieth
 * counts: undiminished they would make short suites with nothing to find denser than a long one that often fails.
 *
 *   60 points in 1 s against 50 points in 0.3 s:  12.5 / s against 8.3 / s, and not 60 / s against 167 / s
 */
export const worthEarly = (total: number): number =>
  total < USUAL_SCORE ? USUAL_SHARE * Math.max(0.1, total) : USUAL_SHARE * USUAL_SCORE + total - USUAL_SCORE

const priorityPart = (priority: Priority): ScorePart => ({
  name: 'priority',
  value: SCORE_WEIGHTS.priority[priority],
  why: `${priority} priority`,
})

function failuresPart({ likelihood, results }: ScoreInput['failures'], nowMs: number): ScorePart {
  return {
    name: 'failures',
    value: SCORE_WEIGHTS.failures * unit(likelihood) * freshness(results, nowMs),
    why: `${describeFailures(results, nowMs)}: ${percent(likelihood)} likely to fail`,
  }
}

/** 1 for a verdict of just now and for a suite that never ran, whose likelihood rests on no verdict of its own. */
function freshness(results: readonly PastResult[], nowMs: number): number {
  const last = results.at(-1)
  // An unknown time (0) is none to count from.
  if (last === undefined || last.at === 0) return 1
  return 0.5 ** (Math.max(0, nowMs - last.at) / VERDICT_HALF_LIFE_MS)
}

function describeFailures(results: readonly PastResult[], nowMs: number): string {
  const lately = results.slice(-10)
  if (lately.length === 0) return 'never ran before'
  const failed = lately.filter((each) => each.failed)
  const runs = lately.length === 1 ? 'its last run' : `its last ${lately.length} runs`
  const last = failed.at(-1)
  if (last === undefined) return `passed ${runs}`
  const when = last.at === 0 ? '' : `, the last time ${describeAge(nowMs - last.at)} ago`
  return lately.length === 1 ? `failed ${runs}${when}` : `failed ${failed.length} of ${runs}${when}`
}

const changePart = ({ impact, why }: ScoreInput['change']): ScorePart => ({
  name: 'change',
  value: SCORE_WEIGHTS.change * unit(impact),
  why,
})

function observedPart({ observed, failures }: ScoreInput, nowMs: number): ScorePart[] {
  if (observed === undefined) return []
  const value = SCORE_WEIGHTS.failures * unit(observed.likelihood) - failuresPart(failures, nowMs).value
  return [
    { name: 'observed', value, why: `${observed.why}: now ${percent(observed.likelihood)} likely to fail` },
  ]
}

/** The schedule itself weighs worth against time where that is its aim; here cost only breaks near ties. */
function costPart({ estimateMs, share }: ScoreInput['cost'], urgent: number): ScorePart {
  const cost = Math.max(0, estimateMs) * unit(share)
  const efficiency = LEAST_EFFICIENCY + ((1 - LEAST_EFFICIENCY) * USUAL_COST_MS) / (USUAL_COST_MS + cost)
  const seconds = (Math.max(0, estimateMs) / 1000).toFixed(1)
  return {
    name: 'cost',
    value: (efficiency - 1) * urgent,
    why: `takes about ${seconds} s and ${percent(share)} of what is free of the machine`,
  }
}

const weightPart = (weight: number): ScorePart => ({
  name: 'weight',
  value: SCORE_WEIGHTS.weight * Math.max(0, weight),
  why: `business weight ${weight}`,
})

const unit = (value: number): number => Math.min(1, Math.max(0, value))

const percent = (value: number): string => `${Math.round(100 * unit(value))} %`
