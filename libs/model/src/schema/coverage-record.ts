import * as z from 'zod'
import type { CoverageRecord, CoverageSummary, CoverageTotals } from '../coverage.ts'

const count = z.int().min(0)
const covered = z.strictObject({ covered: count, total: count })

const coverageTotalsSchema = z.strictObject({
  lines: covered,
  branches: covered.describe('Ways that branches have.'),
  functions: covered,
  statements: covered,
}) satisfies z.ZodType<CoverageTotals>

export const coverageSummaryShape = {
  totals: coverageTotalsSchema,
  projects: z
    .array(z.strictObject({ name: z.string(), root: z.string() }))
    .describe('The projects that it covers, with their workspace-relative folders.'),
} satisfies Record<keyof CoverageSummary, z.ZodType>

export const coverageRecordSchema = z.strictObject({
  totals: coverageTotalsSchema,
  files: count,
  projects: z.array(z.strictObject({ name: z.string(), files: count, totals: coverageTotalsSchema })),
}) satisfies z.ZodType<CoverageRecord>
