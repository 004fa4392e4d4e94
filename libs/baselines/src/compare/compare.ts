import type { NoiseFloor } from '../noise/noise-floor.ts'
import { describe } from '../samples/describe.ts'
import { thin } from '../samples/thin.ts'
import { usableSamples, type UsableSamples } from '../samples/usable-samples.ts'
import type { Comparison, CompareInput, NotComparable } from './comparison.ts'
import { ALPHA, EFFECT_THRESHOLD, MOST_LOOKED_AT, MOST_SET_ASIDE } from '../defaults.ts'
import { canBeSignificant, fewestSamples } from './enough-samples.ts'
import { estimateRatio } from './estimate-ratio.ts'
import { percent } from './figures.ts'
import { reasonOf } from './reason.ts'
import { verdictOf } from './verdict.ts'

/** Whether samples differ, by how much, and whether that matters. Never throws, whatever the samples are. */
export function compare(input: CompareInput): Comparison {
  const { better, effectThreshold = EFFECT_THRESHOLD, alpha = ALPHA, noiseFloor } = input
  const [base, current] = [usableSamples(input.base), usableSamples(input.current)]
  const refusal =
    unusable('base', base) ?? unusable('current', current) ?? tooFew(base, current, alpha, noiseFloor)
  if (refusal) return refusal
  const [baseFigures, currentFigures] = [describe(input.base), describe(input.current)]
  if (!baseFigures.ok || !currentFigures.ok) throw new Error('usable samples have figures')

  const [before, now] = [thin(base.values, MOST_LOOKED_AT), thin(current.values, MOST_LOOKED_AT)]
  const estimate = estimateRatio(before, now, alpha, noiseFloor)
  const comparison = {
    verdict: verdictOf(estimate, { better, effectThreshold, alpha }),
    better,
    ...estimate,
    base: baseFigures.value,
    current: currentFigures.value,
    effectThreshold,
    alpha,
  }
  const remarks = [base.complaint, current.complaint].filter((complaint) => complaint !== '')
  const reason = reasonOf(comparison) + (comparison.verdict === 'too-noisy' ? ofRuns(noiseFloor) : '')
  return { ...comparison, reason: [reason, ...remarks].join('; set aside: ') }
}

function unusable(side: string, { values, setAside, complaint }: UsableSamples): NotComparable | undefined {
  if (setAside <= MOST_SET_ASIDE * (values.length + setAside)) return undefined
  return {
    verdict: 'unusable',
    reason: `${side}: ${complaint}; more than ${percent(MOST_SET_ASIDE)} of them`,
  }
}

/** Fewer than can be significant, and no history to compare with instead. */
function tooFew(
  base: UsableSamples,
  current: UsableSamples,
  alpha: number,
  floor: NoiseFloor | undefined,
): NotComparable | undefined {
  const [n, m] = [base.values.length, current.values.length]
  if (n > 0 && m > 0 && (floor !== undefined || canBeSignificant(n, m, alpha))) return undefined
  return {
    verdict: 'too-few-samples',
    reason: `with ${samples(n)} of the base and ${m} of now no change can be told at a significance of ${alpha}, whatever they are; take at least ${fewestSamples(alpha)} on both sides`,
  }
}

const samples = (count: number): string => `${count} sample${count === 1 ? '' : 's'}`

/** More samples wouldn't help against what differs from run to run; more runs do, as the floor gets surer. */
const ofRuns = (floor: NoiseFloor | undefined): string =>
  floor ? `, and ${floor.runs} earlier runs differed by ${percent(floor.deviation)}` : ''
