import { z } from 'zod'

/** Written into each file; a change of the format that older readers would misread raises it. */
export const BASELINE_VERSION = 1

/** How many samples an entry keeps; of more, evenly spread ones. */
export const MOST_SAMPLES = 100

const name = z.string().min(1)
const figure = z.number().positive()

const entrySchema = z
  .strictObject({
    unit: name.describe('Of all figures, such as `ms`.'),
    better: z.enum(['lower', 'higher']).describe('Which direction is good.'),
    count: z.int().min(1).describe('Usable samples that were measured.'),
    median: figure,
    mean: figure,
    deviation: z.number().min(0).describe('Standard deviation of the samples.'),
    interval: z.tuple([figure, figure]).readonly().describe('95 % interval of the median.'),
    samples: z
      .array(figure)
      .min(1)
      .max(MOST_SAMPLES)
      .readonly()
      .describe(`In the order they were measured; of more than ${MOST_SAMPLES}, evenly spread ones.`),
    recordedAt: z.iso.datetime().describe('UTC.'),
    commit: name.exactOptional(),
    why: name.exactOptional().describe('Why a change was accepted.'),
    environment: z
      .record(name, z.union([z.string(), z.number(), z.boolean()]))
      .readonly()
      .describe('What the machine was, for people; the machine class is the key above.'),
  })
  .readonly()

const level = <Inner extends z.ZodType>(inner: Inner) => z.record(name, inner).readonly()

/** `baselines/<suite>.json`. */
export const baselineFileSchema = z
  .strictObject({
    version: z.literal(BASELINE_VERSION),
    suite: name,
    benchmarks: level(level(level(entrySchema))).describe('benchmark → metric → machine class → entry'),
  })
  .readonly()

export type BaselineEntry = z.infer<typeof entrySchema>
export type BaselineFile = z.infer<typeof baselineFileSchema>

/** What an entry belongs to; the metric of a benchmark's time is `duration`. */
export interface EntryKey {
  readonly benchmark: string
  readonly metric: string
  readonly machineClass: string
}

export const emptyBaselines = (suite: string): BaselineFile => ({
  version: BASELINE_VERSION,
  suite,
  benchmarks: {},
})
