import { median } from '../median.ts'
import type { Prediction } from './replay-runs.ts'

export interface Accuracy {
  readonly predictions: number
  /** Median absolute percentage error, 0.1 is 10 %. */
  readonly medianError: number
  /** What nine of ten errors are below. */
  readonly p90Error: number
  /** Median of predicted over actual, less 1: above 0 it says too much. */
  readonly bias: number
}

export function accuracyOf(predictions: readonly Pick<Prediction, 'predictedMs' | 'actualMs'>[]): Accuracy {
  const usable = predictions.filter(({ actualMs }) => actualMs > 0)
  const errors = usable
    .map(({ predictedMs, actualMs }) => Math.abs(predictedMs - actualMs) / actualMs)
    .sort((a, b) => a - b)
  return {
    predictions: usable.length,
    medianError: median(errors),
    p90Error: errors[Math.floor(errors.length * 0.9)] ?? Number.NaN,
    bias: median(usable.map(({ predictedMs, actualMs }) => predictedMs / actualMs)) - 1,
  }
}
