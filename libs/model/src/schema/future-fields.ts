import * as z from 'zod'
import { durationSchema } from './duration.ts'

const NOT_YET = ' Checked, but without effect in this version.'

/**
 * Fields that a suite may declare and that this version of Muster doesn't act upon. They are part of the
 * schema so that a declaration can be written once; each use of one is answered with a warning.
 */
export const futureFields = {
  requires: z
    .strictObject({
      cpus: z.number().positive().optional().describe('CPU cores the suite keeps busy. Default: 1.'),
      memory: z
        .string()
        .regex(/^\d+(\.\d+)?(MB|GB|MiB|GiB)$/, 'expected a size with a unit, such as "512MB" or "2GiB"')
        .optional()
        .describe('Peak memory of the suite, such as "512MB". Default: learned.'),
      labels: z
        .array(z.string().min(1))
        .optional()
        .describe('Labels that the machine must have, such as "arm64". Default: none.'),
      exclusive: z
        .array(z.string().min(1))
        .optional()
        .describe('Names of resources that no other suite may use at the same time. Default: none.'),
      devices: z
        .array(z.string().min(1))
        .optional()
        .describe('Devices that the suite needs to itself, such as "gpio". Default: none.'),
    })
    .optional()
    .describe(`What the suite needs of a machine. Default: nothing in particular.${NOT_YET}`),
  environment: z
    .enum(['local', 'docker', 'ci', 'production-like'])
    .default('local')
    .describe(
      'Where the suite runs. Default: "local". The others are checked, but run locally in this version.',
    ),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(`How many times a failed suite is run again. Default: 0.${NOT_YET}`),
  flaky: z
    .strictObject({
      quarantine: z
        .boolean()
        .optional()
        .describe("Whether the suite's failures are shown without failing the run. Default: false."),
      owner: z.string().min(1).optional().describe('Who takes care of it. Default: nobody.'),
      until: z.iso
        .date()
        .optional()
        .describe('The day the quarantine ends, such as "2030-01-31". Default: never.'),
    })
    .optional()
    .describe(`What to do about a suite that is known to be flaky. Default: nothing.${NOT_YET}`),
  shards: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe(
      'How many units the suite is split into. Default: 1. More are checked, but without effect in this version.',
    ),
  coverage: z.boolean().optional().describe(`Whether code coverage is collected. Default: false.${NOT_YET}`),
  weight: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe(`How much the suite matters to the business, 1 being usual. Default: 1.${NOT_YET}`),
  services: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('The name under which the suite finds the service.'),
        image: z.string().min(1).describe('Container image, with its tag or digest.'),
        ports: z
          .array(z.int().min(1).max(65_535))
          .optional()
          .describe('Ports the service listens on. Default: none.'),
        env: z
          .record(z.string(), z.string())
          .optional()
          .describe("The service's environment variables. Default: none."),
        readyTimeout: durationSchema
          .optional()
          .describe('How long it may take to become healthy. Default: "60s".'),
      }),
    )
    .optional()
    .describe(`Services that must be up while the suite runs. Default: none.${NOT_YET}`),
} as const

export type FutureField = keyof typeof futureFields
