import { contentionOf, unload } from './contention.ts'
import type { DurationSample } from './duration-sample.ts'
import { sampleWeights } from './sample-weights.ts'
import { weightedMedian, type Weighted } from './weighted-quantile.ts'

/** One suite that says nothing (ratio 1), against chance in the first few. */
const PRIOR: Weighted = { value: 0, weight: 0.5 }

/**
 * How much longer suites take here than on other machines: time here over time there, by class, from the suites that
 * are known on both, all freed of their load. The median over suites, each weighing as its scarcer side.
 * @param histories samples of each suite, newest last
 * @param machine the class of this machine
 */
export function machineRatios(
  histories: Iterable<readonly DurationSample[]>,
  machine: string,
  now: number,
): Map<string, number> {
  const logs = new Map<string, Weighted[]>()
  for (const samples of histories) {
    const byClass = new Map<string, DurationSample[]>()
    for (const sample of samples) {
      const name = sample.machine ?? machine
      byClass.set(name, [...(byClass.get(name) ?? []), sample])
    }
    const here = byClass.get(machine)
    if (here === undefined || byClass.size < 2) continue
    for (const [other, there] of byClass) {
      if (other === machine) continue
      const ratio = typical(here, now) / typical(there, now)
      if (!Number.isFinite(ratio) || ratio <= 0) continue
      const weight = Math.sqrt(Math.min(here.length, there.length))
      logs.set(other, [...(logs.get(other) ?? []), { value: Math.log(ratio), weight }])
    }
  }
  return new Map([...logs].map(([other, ratios]) => [other, Math.exp(weightedMedian([...ratios, PRIOR]))]))
}

function typical(samples: readonly DurationSample[], now: number): number {
  const weights = sampleWeights(samples, now)
  const lambda = contentionOf(samples, weights)
  return weightedMedian(
    samples.map((sample, index) => ({ value: unload(sample, lambda).ms, weight: weights[index] ?? 1 })),
  )
}
