import {
  DEFAULT_THRESHOLD,
  USAGE_METRICS,
  type HyperfineSpec,
  type Measure,
  type Requires,
  type SuiteKind,
  type TinybenchSpec,
} from '@muster/model'
import {
  durationMs,
  tinybenchRunner,
  type HyperfineJson,
  type MeasureJson,
  type TinybenchJson,
} from '@muster/model/schema'

/** Suites of kind performance measure their benchmarks without being asked. */
export function fillMeasure(json: MeasureJson, kind: SuiteKind): Measure | undefined {
  if (json === false) return undefined
  if (typeof json === 'object') return json
  if (json === undefined && kind !== 'performance') return undefined
  return { usage: json === true ? USAGE_METRICS : [], threshold: DEFAULT_THRESHOLD, onRegression: 'fail' }
}

/** What measures has the machine to itself, as far as runs of this user go; the workers of its own run see to the rest. */
export function alone(kind: SuiteKind, requires: Requires): Requires {
  if (kind !== 'performance') return requires
  const exclusive = [...new Set([...requires.exclusive, 'machine'])]
  // More than any machine has: cut down to all that this one has.
  return { cpus: ALL_CPUS, ...requires, exclusive }
}

const ALL_CPUS = 1024

export function fillTinybench({ slice, budget, ...json }: TinybenchJson): TinybenchSpec {
  // Who asks for more rounds than the usual most gets them.
  const maxRounds = Math.max(json.rounds, json.maxRounds)
  return { ...json, maxRounds, sliceMs: durationMs(slice), budgetMs: durationMs(budget) }
}

export function fillHyperfine({ runs, commands, ...json }: HyperfineJson): HyperfineSpec {
  return {
    ...json,
    commands: commands.map(({ name, command, setup, prepare, cleanup }) => ({
      name,
      command,
      ...(setup !== undefined && { setup }),
      ...(prepare !== undefined && { prepare }),
      ...(cleanup !== undefined && { cleanup }),
    })),
    ...(runs !== undefined && { runs }),
  }
}

/** `"runner": "tinybench"`. */
export const DEFAULT_TINYBENCH = fillTinybench(tinybenchRunner.parse({ name: 'tinybench' }))
