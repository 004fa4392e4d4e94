import * as z from 'zod'
import { HALT_POLICIES } from '../score.ts'
import { durationSchema } from './duration.ts'
import { sizeSchema } from './size.ts'

const resourceName = z
  .string()
  .regex(/^[\w.:/-]{1,100}$/, 'expected a name such as "port:5432", of letters, digits and "._:/-"')

const retryCount = z.int().min(0).max(10)

/** Fields of suite.json about order, resources, retries and halting. */
export const schedulingFields = {
  requires: z
    .strictObject({
      cpus: z
        .number()
        .positive()
        .max(1024)
        .optional()
        .describe('CPU cores that a unit of the suite keeps busy. Default: learned, at least 1.'),
      memory: sizeSchema
        .optional()
        .describe('Peak memory of a unit of the suite, such as "512MB". Default: learned from earlier runs.'),
      labels: z
        .array(z.string().min(1))
        .default([])
        .describe('Labels that the machine must have, such as "arm64" or "pi". Default: none.'),
      exclusive: z
        .array(resourceName)
        .default([])
        .describe(
          'Names that nothing else on the machine may use at the same time, such as "port:5432". Default: none.',
        ),
      semaphores: z
        .record(resourceName, z.int().min(1).max(10_000))
        .default({})
        .describe(
          'Permits it takes of counted semaphores, such as {"database": 2}; their sizes are in the plugin\'s options in nx.json, and 1 if not. Default: none.',
        ),
      devices: z
        .array(resourceName)
        .default([])
        .describe(
          'Devices that the suite needs to itself, such as "gpio": short for exclusive "device:gpio".',
        ),
    })
    .prefault({})
    .describe('What a unit of the suite needs of a machine. Default: nothing in particular.'),
  limits: z
    .strictObject({
      memory: sizeSchema.optional().describe('It is ended when it uses more, such as "1GiB". Default: none.'),
      cpus: z.number().positive().max(1024).optional().describe('CPU cores it gets at most. Default: none.'),
      processes: z
        .int()
        .min(8)
        .max(1_000_000)
        .optional()
        .describe('Processes and threads it may have at a time; node itself has a dozen. Default: none.'),
    })
    .default({})
    .describe(
      "What a unit can't go beyond, where the machine has control groups; memory is watched everywhere. Default: no limits.",
    ),
  retries: z
    .union([
      retryCount,
      z.strictObject({
        count: retryCount.describe('Further attempts after the first.'),
        delay: durationSchema
          .optional()
          .describe('Pause before the first retry; doubles with each, up to a minute. Default: "1s".'),
      }),
    ])
    .default(0)
    .describe(
      'How often a unit that failed, crashed or timed out is run again: a number, or {"count": 2, "delay": "5s"}. Default: 0.',
    ),
  flaky: z
    .strictObject({
      verdict: z
        .enum(['pass', 'fail'])
        .default('pass')
        .describe('What a pass after a failure counts as. Default: "pass"; it is shown as flaky either way.'),
      cache: z
        .boolean()
        .default(false)
        .describe(
          'Whether such a pass is believed when it comes from the cache. Default: false, it runs again.',
        ),
    })
    .prefault({})
    .describe('What a pass after a failure is worth. Default: it passes, and runs again next time.'),
  shards: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Units that the suite is split into, by test file. 1 forbids splitting. Default: decided from the history, when one suite would hold up the run.',
    ),
  weight: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .describe('How much the suite matters to the business, 1 being usual. Default: 1.'),
  halt: z
    .enum(HALT_POLICIES)
    .default('dependents')
    .describe(
      'What is stopped when the suite fails: the suites that depend on it ("dependents"), all that hasn\'t started of its phase and the phases after it ("phase"), or the whole "run". Default: "dependents".',
    ),
} as const
