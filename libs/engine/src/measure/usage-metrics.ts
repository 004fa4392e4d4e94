import type { Metric, Usage, UsageMetric } from '@muster/model'

/** Figures of a suite as a whole; what the machine couldn't tell is left out. One execution is one sample. */
export function usageMetrics(
  wanted: readonly UsageMetric[],
  wallMs: number,
  usage: Usage | undefined,
): Readonly<Record<string, Metric>> {
  const found: Readonly<Record<UsageMetric, readonly [value: number | undefined, unit: string]>> = {
    wall: [wallMs, 'ms'],
    cpu: [usage?.cpuMs, 'ms'],
    'average-cpus': [usage?.averageCpus, 'cores'],
    'peak-cpus': [sampled(usage, usage?.peakCpus), 'cores'],
    'average-memory': [sampled(usage, usage?.averageMemoryBytes), 'B'],
    'peak-memory': [usage?.peakMemoryBytes, 'B'],
  }
  return Object.fromEntries(
    wanted.flatMap((name): [string, Metric][] => {
      const [value, unit] = found[name]
      return value === undefined || value <= 0
        ? []
        : [[name, { value, unit, better: 'lower', samples: [value] }]]
    }),
  )
}

/** Of a unit that ended before anybody looked there are closing figures only. */
const sampled = (usage: Usage | undefined, value: number | undefined): number | undefined =>
  usage !== undefined && usage.samples > 0 ? value : undefined
