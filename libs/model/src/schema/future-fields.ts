import * as z from 'zod'
import { durationSchema } from './duration.ts'

const NOT_YET = ' Checked, but without effect in this version.'

/**
 * Fields that a suite may declare and that this version of Muster doesn't act upon. They are part of the
 * schema so that a declaration can be written once; each use of one is answered with a warning.
 */
export const futureFields = {
  environment: z
    .enum(['local', 'docker', 'ci', 'production-like'])
    .default('local')
    .describe(
      'Where the suite runs. Default: "local". The others are checked, but run locally in this version.',
    ),
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
