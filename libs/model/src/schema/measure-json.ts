import * as z from 'zod'
import { DEFAULT_THRESHOLD, USAGE_METRICS } from '../suite.ts'

/** Whether and how a suite measures; `true` is all figures with the usual policy. */
export const measureSchema = z
  .union([
    z.boolean(),
    z.strictObject({
      usage: z
        .array(z.enum(USAGE_METRICS))
        .default([])
        .describe('Figures of the suite as a whole that have a baseline. Default: none.'),
      threshold: z
        .number()
        .min(0.005)
        .max(10)
        .default(DEFAULT_THRESHOLD)
        .describe(`The smallest relative change that matters; 0.15 is 15 %. Default: ${DEFAULT_THRESHOLD}.`),
      onRegression: z
        .enum(['fail', 'report'])
        .default('fail')
        .describe(
          'Whether "muster baseline compare" fails for a confirmed regression, or only tells it. Default: "fail".',
        ),
    }),
  ])
  .optional()
  .describe(
    'Whether the suite measures: true for time, CPU and memory of the suite as a whole, and what it reports itself. Default: only suites of kind performance, and of these what their benchmarks tell.',
  )

export type MeasureJson = z.infer<typeof measureSchema>
