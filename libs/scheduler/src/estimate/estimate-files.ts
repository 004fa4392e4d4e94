import { sampleWeights } from './sample-weights.ts'
import { weightedMedian } from './weighted-quantile.ts'

export interface FileEstimate {
  /** Workspace-relative. */
  readonly file: string
  /** Undefined without history. */
  readonly estimateMs: number | undefined
}

/**
 * What each test file takes, in the given order.
 * @param samples ms of each file, newest last
 */
export function estimateFiles(
  files: readonly string[],
  samples: ReadonlyMap<string, readonly number[]>,
): FileEstimate[] {
  return files.map((file) => {
    const durations = (samples.get(file) ?? []).map((durationMs) => ({ durationMs }))
    if (durations.length === 0) return { file, estimateMs: undefined }
    const weights = sampleWeights(durations, 0)
    return {
      file,
      estimateMs: weightedMedian(
        durations.map(({ durationMs }, index) => ({ value: durationMs, weight: weights[index] ?? 1 })),
      ),
    }
  })
}
