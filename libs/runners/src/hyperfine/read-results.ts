import { MAX_SAMPLES, type Metric } from '@muster/model'

interface HyperfineResult {
  /** Seconds. */
  readonly times?: readonly number[]
  readonly user?: number
  readonly system?: number
  /** One a run; since 1.19. */
  readonly memory_usage_byte?: readonly number[]
}

/**
 * The metrics of the one result in what hyperfine exported.
 * @returns undefined when there is none, or without times
 */
export function readResults(json: string): Readonly<Record<string, Metric>> | undefined {
  const result = parse(json)
  const samples = (result?.times ?? []).filter((each) => typeof each === 'number').slice(0, MAX_SAMPLES)
  if (result === undefined || samples.length === 0) return undefined
  const { user, system, memory_usage_byte: memory = [] } = result
  return {
    duration: sampled(
      samples.map((seconds) => seconds * 1000),
      'ms',
    ),
    ...(user !== undefined &&
      system !== undefined && { cpu: { value: (user + system) * 1000, unit: 'ms', better: 'lower' } }),
    ...(memory.length > 0 && { memory: sampled(memory.slice(0, MAX_SAMPLES), 'B') }),
  }
}

function parse(json: string): HyperfineResult | undefined {
  try {
    const { results } = JSON.parse(json) as { results?: readonly HyperfineResult[] }
    return results?.[0]
  } catch {
    return undefined
  }
}

function sampled(samples: readonly number[], unit: string): Metric {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const value = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
  return { value, unit, better: 'lower', samples }
}
