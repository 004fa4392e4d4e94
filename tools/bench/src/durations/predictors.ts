import { DurationModel, type DurationSample } from '@muster/scheduler'
import { median } from '../median.ts'
import type { ObservedRun, ObservedSuite } from './observed-run.ts'

/** Milliseconds for a suite of a run, from nothing but earlier runs; undefined: no idea. */
export type Predict = (suite: ObservedSuite) => number | undefined

export interface Predictor {
  readonly name: string
  /**
   * @param past samples of each suite, newest last
   * @param run what is known of it before it starts: its time, machine and workers, and the kinds of its suites
   */
  readonly prepare: (past: ReadonlyMap<string, readonly DurationSample[]>, run: ObservedRun) => Predict
}

const simple = (name: string, say: (durations: readonly number[]) => number): Predictor => ({
  name,
  prepare:
    (past) =>
    ({ suite }) => {
      const samples = past.get(suite) ?? []
      return samples.length === 0 ? undefined : say(samples.map(({ durationMs }) => durationMs))
    },
})

const muster: Predictor = {
  name: 'muster',
  prepare(past, { at, machine, cpus, workers, suites }) {
    const model = new DurationModel(
      suites.map(({ suite, kind }) => ({ kind, samples: past.get(suite) ?? [] })),
      { machine, now: at, cpus, workers: Math.min(workers, suites.length) },
    )
    return ({ suite, kind }) => model.estimate({ kind, samples: past.get(suite) ?? [] }).ms
  },
}

export const PREDICTORS: readonly Predictor[] = [
  simple('last value', (durations) => durations.at(-1) ?? Number.NaN),
  simple('mean', (durations) => durations.reduce((sum, each) => sum + each, 0) / durations.length),
  simple('median', median),
  muster,
]
