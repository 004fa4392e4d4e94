import * as z from 'zod'
import { dayMs } from '../day.ts'
import { LONGEST_QUARANTINE_DAYS, QUARANTINE_FILE, type QuarantineEntry } from '../quarantine.ts'

const day = z.string().refine((text) => !Number.isNaN(dayMs(text)), 'expected a day such as "2030-01-31"')
const words = z.string().regex(/\S/, 'expected some text')

export const quarantineEntrySchema = z.strictObject({
  suite: z.string().min(1, 'expected the name of a suite').describe('The suite, by its name.'),
  case: z
    .string()
    .min(1, 'expected the full name of a test case')
    .exactOptional()
    .describe("The test case's full name, its titles joined with ' › '. Default: all cases of the suite."),
  owner: words.describe('Who looks after it: a person or a team.'),
  reason: words.describe('What is wrong, or where that is being worked on.'),
  until: day.describe(
    `The last day (UTC) on which its failures do not count, at most ${LONGEST_QUARANTINE_DAYS} days ahead.`,
  ),
  added: day.describe('The day it was put here.'),
}) satisfies z.ZodType<QuarantineEntry>

/** The quarantine file as people write it. */
export const quarantineJsonSchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
    entries: z.array(quarantineEntrySchema).describe('Test cases whose failures do not count for a while.'),
  })
  .meta({
    title: QUARANTINE_FILE,
    description:
      'Test cases of an Nx workspace that Muster runs, but whose failures do not count for a while.',
  })
