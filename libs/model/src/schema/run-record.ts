import * as z from 'zod'
import type { Status } from '../outcome.ts'
import type { Origin, OutputRef } from '../run-event.ts'
import { RUN_RECORD_VERSION, type AttemptRecord, type RunRecord, type SuiteRecord } from '../run-record.ts'
import { SUITE_KINDS } from '../suite.ts'
import {
  countSchema,
  countsShape,
  durationMsSchema,
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

const attemptRecordSchema = z.strictObject({
  ordinal: z.int().min(1),
  worker: countSchema.describe('Slot number, 0-based.'),
  isolation: z.enum(['process', 'thread', 'none']),
  startedAt: timestampSchema,
  durationMs: durationMsSchema,
  status: z.enum(STATUSES),
  superseded: z.string().exactOptional().describe("Why this attempt's verdict is not the suite's."),
}) satisfies z.ZodType<AttemptRecord>

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
  dependsOn: z.array(z.string()),
  reproduce: z
    .string()
    .exactOptional()
    .describe('A command that repeats the suite, from the workspace root.'),
  stdout: outputRefSchema.exactOptional(),
  stderr: outputRefSchema.exactOptional(),
  attempts: z.array(attemptRecordSchema),
  cases: z.array(testCaseSchema),
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
    startedAt: timestampSchema,
    finishedAt: timestampSchema,
    complete: z.boolean().describe('False when the run was cut off.'),
    verdict: z.enum(['passed', 'failed', 'error', 'aborted']),
    totals: z.strictObject({ ...countsShape, suites: countSchema }),
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
