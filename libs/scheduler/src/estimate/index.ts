export type { DurationSample } from './duration-sample.ts'
export {
  DurationModel,
  type DurationModelOptions,
  type KnownSuite,
  type WantedSuite,
} from './duration-model.ts'
export { estimateDuration, type DurationEstimate, type EstimateContext } from './estimate-duration.ts'
export { estimateFiles, type FileEstimate } from './estimate-files.ts'
export { fileSizes, type SizedSuite } from './file-sizes.ts'
export { learnedNeeds, type MeasuredNeeds } from './learned-needs.ts'
export { paceOf, type FinishedUnit } from './pace-of.ts'
export { splitMakespan, splitSuite, type SplitInput } from './split-suite.ts'
