import type { DurationSample } from '@muster/scheduler'
import type { ObservedRun, ObservedSuite } from './observed-run.ts'
import type { Predictor } from './predictors.ts'

export interface Prediction {
  readonly run: number
  readonly predictor: string
  readonly suite: string
  readonly predictedMs: number
  readonly actualMs: number
  /** The suite had run before. */
  readonly known: boolean
}

/** As many as a suite's memory holds. */
const KEPT = 20

/** Predicts each suite of each run, in their order, from the runs before alone. @param runs oldest first */
export function replayRuns(runs: readonly ObservedRun[], predictors: readonly Predictor[]): Prediction[] {
  const past = new Map<string, readonly DurationSample[]>()
  const predictions: Prediction[] = []
  for (const [index, run] of runs.entries()) {
    for (const { name, prepare } of predictors) {
      const predict = prepare(past, run)
      for (const suite of run.suites) {
        const predictedMs = predict(withoutOutcome(suite))
        if (predictedMs === undefined) continue
        const known = past.has(suite.suite)
        const actualMs = suite.durationMs
        predictions.push({ run: index, predictor: name, suite: suite.suite, predictedMs, actualMs, known })
      }
    }
    for (const { suite, durationMs, cpuMs, busy } of run.suites) {
      const sample = {
        at: run.at,
        machine: run.machine,
        durationMs,
        busy,
        ...(cpuMs !== undefined && { cpuMs }),
      }
      past.set(suite, [...(past.get(suite) ?? []), sample].slice(-KEPT))
    }
  }
  return predictions
}

/** Nobody can look ahead by mistake. */
const withoutOutcome = ({ suite, kind }: ObservedSuite): ObservedSuite => ({
  suite,
  kind,
  durationMs: Number.NaN,
  busy: Number.NaN,
})
