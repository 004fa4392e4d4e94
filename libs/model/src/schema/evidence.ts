import * as z from 'zod'
import { EVIDENCE_VERSION, type Evidence } from '../evidence.ts'
import { coverageSummaryShape } from './coverage-record.ts'
import type { RunId, SuiteId } from '../ids.ts'
import { MAX_SAMPLES, type Measurement } from '../measurement.ts'
import { SUITE_KINDS, USAGE_METRICS } from '../suite.ts'
import type { Attachment, Counts, Metric, TestCase } from '../test-case.ts'

/** The brands exist at compile time only, so a string of the right shape is one. */
export const runIdSchema = z.string().regex(/^\d{8}-\d{6}-[0-9a-z]{6}$/) as unknown as z.ZodType<RunId, RunId>
export const suiteIdSchema = z.string().min(1) as unknown as z.ZodType<SuiteId, SuiteId>

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
export const countSchema = z.int().min(0)
export const timestampSchema = z.number().min(0).describe('Milliseconds since the Unix epoch.')
export const durationMsSchema = z.number().min(0).describe('Milliseconds.')

export const countsShape = {
  tests: countSchema.describe('passed + failed + skipped.'),
  passed: countSchema,
  failed: countSchema,
  skipped: countSchema,
  flaky: countSchema.describe('Passed only after a failing execution; counted in passed too.'),
  quarantined: countSchema.describe('In quarantine; counted in failed too, but not against the run.'),
  notRerun: countSchema.describe(
    'Not executed on purpose; the result, which is counted in the other numbers, is that of an earlier run.',
  ),
}

/** `tests` must be the sum: counts that disagree are not evidence. */
const addsUp = (counts: Counts): boolean => counts.tests === counts.passed + counts.failed + counts.skipped

export const countsSchema = z
  .strictObject(countsShape)
  .refine(addsUp, 'tests is not passed + failed + skipped') satisfies z.ZodType<Counts>

const caseErrorSchema = z.strictObject({
  message: z.string(),
  stack: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  actual: z.string().exactOptional(),
})

const attachmentSchema = z.strictObject({
  name: z.string(),
  contentType: z.string().describe('MIME type.'),
  file: z
    .string()
    .exactOptional()
    .describe("Where the tool left it, workspace-relative or absolute, '/'-separated; it may be gone."),
  kept: z
    .strictObject({
      runId: runIdSchema.describe('The run that executed the case.'),
      sha256: sha256Schema,
      bytes: countSchema,
    })
    .exactOptional()
    .describe('The copy: the file `outputs/<sha256>` of that run.'),
  lost: z.string().exactOptional().describe('Why there is no copy.'),
}) satisfies z.ZodType<Attachment>

const metricSchema = z.strictObject({
  value: z.number(),
  unit: z.string().exactOptional(),
  better: z.enum(['lower', 'higher']).exactOptional().describe('Which direction is an improvement.'),
  samples: z
    .array(z.number())
    .max(MAX_SAMPLES)
    .exactOptional()
    .describe('What the value is the median of, in the order measured, one a round.'),
  distribution: z
    .strictObject({
      count: countSchema,
      quantiles: z.array(z.number()).describe('At even steps, from the least to the greatest.'),
    })
    .exactOptional()
    .describe('All single measurements behind the samples.'),
}) satisfies z.ZodType<Metric>

/** What a suite measured of itself, and on what. */
export const measurementSchema = z.strictObject({
  machine: z.string().describe('Class of the machine that measured.'),
  environment: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe('The machine at that time: processor, memory, system, runtime, load.'),
  commit: z.string().exactOptional().describe('Of the working tree, with "-dirty" when it had changes.'),
  othersCpus: z
    .number()
    .min(0)
    .nullable()
    .describe('Cores that other processes kept busy meanwhile; null when nobody could tell.'),
  policy: z.strictObject({
    usage: z.array(z.enum(USAGE_METRICS)),
    threshold: z.number().describe('The smallest relative change that matters.'),
    onRegression: z.enum(['fail', 'report']),
  }),
  metrics: z.record(z.string(), metricSchema).describe('Of the suite as a whole, by name.'),
}) satisfies z.ZodType<Measurement>

export const testCaseSchema = z.strictObject({
  path: z.array(z.string()).describe('Titles from the outermost group to the case itself.'),
  file: z.string().exactOptional().describe("Workspace-relative, '/'-separated."),
  status: z.enum(['passed', 'failed', 'skipped']),
  durationMs: durationMsSchema,
  attempts: z.int().min(1).exactOptional().describe('Executions inside the attempt; 1 when absent.'),
  skipReason: z.string().exactOptional(),
  error: caseErrorSchema.exactOptional(),
  errored: z
    .literal(true)
    .exactOptional()
    .describe('The test, or what it needs, broke; no expectation failed.'),
  earlierErrors: z
    .array(caseErrorSchema)
    .exactOptional()
    .describe('Of failing executions before the one that is told here, oldest first.'),
  stdout: z.string().exactOptional().describe('What a failing case itself wrote, when the format says; cut.'),
  stderr: z.string().exactOptional(),
  attachments: z
    .array(attachmentSchema)
    .exactOptional()
    .describe('Files that the case left as evidence: screenshots, traces, videos.'),
  metrics: z.record(z.string(), metricSchema).exactOptional().describe('What the case measured, by name.'),
  hook: z.boolean().exactOptional().describe('True for a failing hook that the runner counts as a failure.'),
  quarantined: z.string().exactOptional().describe("A failure that doesn't count, with the reason."),
  notRerun: z
    .literal(true)
    .exactOptional()
    .describe('Not executed in this run on purpose; the result is that of an earlier run.'),
  notRerunFrom: runIdSchema.exactOptional().describe('With notRerun, the run that executed it.'),
}) satisfies z.ZodType<TestCase>

/** The first line of `evidence.ndjson`, the header of a cached suite's evidence. */
export const evidenceSchema = z.strictObject({
  version: z.literal(EVIDENCE_VERSION),
  suite: suiteIdSchema,
  kind: z.enum(SUITE_KINDS),
  runId: runIdSchema,
  at: timestampSchema,
  hash: z.string().nullable(),
  durationMs: durationMsSchema,
  counts: countsSchema,
  unclean: z
    .string()
    .exactOptional()
    .describe("Why a cache's copy of it isn't believed: a pass after a failure, failures in quarantine."),
  measurement: measurementSchema.exactOptional().describe('Of a suite that measures.'),
  casesSha256: sha256Schema,
  coverage: z
    .strictObject({ sha256: sha256Schema, ...coverageSummaryShape })
    .nullable()
    .exactOptional()
    .describe('Of coverage.json.gz beside it; null when the run was told not to collect it.'),
}) satisfies z.ZodType<Evidence>
