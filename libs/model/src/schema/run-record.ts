import * as z from 'zod'
import { BASELINE_VERDICTS, type BaselineComparison, type MeasuredSide } from '../measurement.ts'
import type { Status } from '../outcome.ts'
import type { Origin, OutputRef } from '../run-event.ts'
import type { Capacity, Usage } from '../resources.ts'
import {
  RUN_RECORD_VERSION,
  type AttemptRecord,
  type RunRecord,
  type SuitePlan,
  type SuiteRecord,
  type UnitRecord,
} from '../run-record.ts'
import { OBJECTIVES, type Score } from '../score.ts'
import { PRIORITIES, SUITE_KINDS } from '../suite.ts'
import { coverageRecordSchema, coverageSummaryShape } from './coverage-record.ts'
import {
  countSchema,
  countsShape,
  durationMsSchema,
  measurementSchema,
  runIdSchema,
  sha256Schema,
  testCaseSchema,
  timestampSchema,
} from './evidence.ts'

const STATUSES = [
  'passed',
  'failed',
  'no-tests',
  'skipped',
  'timed-out',
  'crashed',
  'aborted',
  'environment-error',
  'no-device',
] as const satisfies readonly Status[]

const outputRefSchema = z.strictObject({
  sha256: sha256Schema,
  bytes: countSchema.describe('Bytes stored.'),
  totalBytes: countSchema.describe(
    'Bytes written by the suite; more than stored when the middle was left out.',
  ),
}) satisfies z.ZodType<OutputRef>

const originSchema = z.strictObject({
  runId: runIdSchema,
  at: timestampSchema,
  source: z.enum(['nx-cache', 'journal']),
}) satisfies z.ZodType<Origin>

const usageSchema = z.strictObject({
  cpuMs: z.number().min(0).describe('CPU time of all its processes, milliseconds.'),
  averageCpus: z.number().min(0).describe('CPU time over wall time, in cores.'),
  peakCpus: z.number().min(0).describe('Largest value over any sampling interval, in cores.'),
  averageMemoryBytes: z.number().min(0),
  peakMemoryBytes: z.number().min(0),
  readBytes: z.number().min(0),
  writtenBytes: z.number().min(0),
  samples: countSchema.describe('How often it was looked at; 0 when only the closing figures are known.'),
}) satisfies z.ZodType<Usage>

const capacitySchema = z.strictObject({
  workers: countSchema,
  cpus: z.number().min(0),
  memoryBytes: z.number().min(0),
  semaphores: z.record(z.string(), z.number()).describe('Permits by name.'),
  labels: z.array(z.string()),
}) satisfies z.ZodType<Capacity>

const scoreSchema = z.strictObject({
  total: z.number(),
  parts: z.array(
    z.strictObject({
      name: z.enum(['priority', 'failures', 'change', 'cost', 'weight', 'observed']),
      value: z.number(),
      why: z.string(),
    }),
  ),
}) satisfies z.ZodType<Score>

const shardShape = z.strictObject({ index: z.int().min(1), of: z.int().min(1) })

const unitRecordSchema = z.strictObject({
  id: z.string(),
  estimateMs: durationMsSchema,
  shard: shardShape.exactOptional(),
  files: z.array(z.string()).exactOptional().describe('Of a part of the suite, workspace-relative.'),
  status: z.enum(STATUSES),
  message: z.string().exactOptional(),
}) satisfies z.ZodType<UnitRecord>

const suitePlanSchema = z.strictObject({
  priority: z.enum(PRIORITIES),
  phase: countSchema.describe('Depth in the graph, 0-based.'),
  estimateMs: durationMsSchema,
  score: scoreSchema.describe('How much it was worth to run it early, and why.'),
}) satisfies z.ZodType<SuitePlan>

const attemptRecordSchema = z.strictObject({
  unit: z.string().describe("The suite's name, or `name#2/5` for a shard."),
  ordinal: z.int().min(1),
  worker: countSchema.describe('Slot number, 0-based.'),
  isolation: z.enum(['process', 'thread', 'none']),
  startedAt: timestampSchema,
  durationMs: durationMsSchema,
  status: z.enum(STATUSES),
  superseded: z.string().exactOptional().describe("Why this attempt's verdict is not the suite's."),
  usage: usageSchema.exactOptional(),
  stdout: outputRefSchema.exactOptional(),
  stderr: outputRefSchema.exactOptional(),
}) satisfies z.ZodType<AttemptRecord>

const sideSchema = z.strictObject({
  median: z.number(),
  low: z.number().describe('Of the interval of the median.'),
  high: z.number(),
  samples: z.array(z.number()),
}) satisfies z.ZodType<MeasuredSide>

const comparisonSchema = z.strictObject({
  benchmark: z.string().describe('Full name of the test case; empty: the suite as a whole.'),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(['lower', 'higher']),
  verdict: z.enum(BASELINE_VERDICTS),
  reason: z.string().describe('One sentence for people.'),
  confirmed: z.literal(true).exactOptional().describe('A regression that a rerun has shown as well.'),
  change: z
    .strictObject({
      ratio: z.number().describe('Of a typical current sample to a typical one of the baseline.'),
      low: z.number(),
      high: z.number(),
      confidence: z.number(),
      p: z.number(),
      delta: z.number().describe("Cliff's delta."),
    })
    .exactOptional(),
  current: sideSchema,
  base: sideSchema.exactOptional(),
  baseRecordedAt: z.string().exactOptional().describe('ISO 8601.'),
  baseCommit: z.string().exactOptional(),
}) satisfies z.ZodType<BaselineComparison>

const suiteRecordSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(SUITE_KINDS),
  status: z.enum(STATUSES),
  message: z.string().exactOptional().describe('One line for people when the status is not passed.'),
  cached: z.boolean(),
  from: originSchema
    .nullable()
    .describe('Where a cached result was really executed; null when it ran in this run.'),
  hash: z.string().nullable().describe("Nx's task hash, when known."),
  ...countsShape,
  durationMs: durationMsSchema,
  slow: z.boolean(),
  unstable: z.boolean().describe('It passed, but only after an attempt that did not.'),
  dependsOn: z.array(z.string()),
  reproduce: z
    .string()
    .exactOptional()
    .describe('A command that repeats the suite, from the workspace root.'),
  plan: suitePlanSchema.nullable(),
  units: z.array(unitRecordSchema),
  attempts: z.array(attemptRecordSchema),
  cases: z.array(testCaseSchema),
  coverage: z
    .strictObject({ ...coverageSummaryShape, data: outputRefSchema })
    .exactOptional()
    .describe('What it covers, when it collects coverage and has passed.'),
  measurement: measurementSchema.exactOptional().describe('Of a suite that measures.'),
  comparisons: z.array(comparisonSchema).exactOptional().describe('With its baseline.'),
}) satisfies z.ZodType<SuiteRecord>

/** `run.json`: what a run was, for other programs. */
export const runRecordSchema = z
  .strictObject({
    version: z.literal(RUN_RECORD_VERSION),
    runId: z.string(),
    workspace: z.string(),
    command: z.string(),
    muster: z.string(),
    node: z.string(),
    platform: z.string(),
    workers: countSchema,
    machine: z.string().describe('Machines of one class are taken to be equally fast.'),
    objective: z.enum(OBJECTIVES),
    budgetMs: durationMsSchema.exactOptional().describe("The run's time budget."),
    capacity: capacitySchema.describe('What the machine offered to the run.'),
    utilisation: z.number().min(0).max(1).describe("Share of the workers' time in which they ran something."),
    load: z
      .strictObject({ averageCpus: z.number().min(0).describe('Cores.'), peakMemoryBytes: z.number().min(0) })
      .exactOptional()
      .describe('Of all its processes together, as far as it was sampled.'),
    halted: z.string().exactOptional(),
    startedAt: timestampSchema,
    finishedAt: timestampSchema,
    complete: z.boolean().describe('False when the run was cut off.'),
    verdict: z.enum(['passed', 'failed', 'error', 'aborted']),
    totals: z.strictObject({ ...countsShape, suites: countSchema }),
    coverage: coverageRecordSchema.exactOptional().describe('What its suites cover together.'),
    notes: z.array(
      z.strictObject({
        level: z.enum(['info', 'warning']),
        suite: z.string().exactOptional(),
        message: z.string(),
      }),
    ),
    suites: z.array(suiteRecordSchema),
  })
  .meta({ title: 'run.json', description: 'The record of one run of Muster.' }) satisfies z.ZodType<RunRecord>
