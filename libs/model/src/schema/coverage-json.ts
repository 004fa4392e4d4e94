import * as z from 'zod'

const glob = z.string().min(1, 'expected a glob, found an empty string')
const percent = z.number().min(0).max(100).exactOptional()

export const thresholdsSchema = z
  .strictObject({
    lines: percent.describe('Percent of the lines. Default: none.'),
    branches: percent.describe('Percent of the ways that branches have. Default: none.'),
    functions: percent.describe('Percent of the functions. Default: none.'),
    statements: percent.describe('Percent of the statements. Default: none.'),
  })
  .default({})

const coverage = z.strictObject({
  include: z
    .array(glob)
    .min(1, 'expected at least one glob')
    .optional()
    .describe(
      'Globs of the files that it is about, relative to the workspace root. Default: the source files of the projects that it covers.',
    ),
  exclude: z
    .array(glob)
    .default([])
    .describe('Globs of files that it is not about, relative to the workspace root. Default: none.'),
  thresholds: thresholdsSchema.describe('What must at least be covered, or the suite fails. Default: none.'),
  files: z
    .array(glob)
    .default([])
    .describe(
      "Globs of coverage files that the suite's own command writes, relative to this file's folder. Default: none.",
    ),
})

/** Of a suite. */
export const coverageSchema = z
  .union([z.boolean(), coverage])
  .default(false)
  .describe('Whether code coverage is collected, and of what. Default: false.')
