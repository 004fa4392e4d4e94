import * as z from 'zod'
import { thresholdsSchema } from './coverage-json.ts'

/** `coverage` of the `@muster/nx` entry in nx.json: who collects it, and what `muster coverage` asks of a run as a whole. */
export const coverageOptionsSchema = z.strictObject({
  adopted: z
    .boolean()
    .default(false)
    .describe('Whether suites that were found without a suite.json collect coverage. Default: false.'),
  thresholds: thresholdsSchema.describe('Of all files together. Default: none.'),
  projects: z
    .record(z.string(), thresholdsSchema)
    .default({})
    .describe('Of the files of a project, by its name. Default: none.'),
  changedLines: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Percent of the lines of a change, with --diff. Default: none.'),
})

export type CoverageOptions = z.output<typeof coverageOptionsSchema>
