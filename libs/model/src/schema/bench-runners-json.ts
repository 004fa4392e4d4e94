import * as z from 'zod'
import { durationSchema } from './duration.ts'

/** Of a benchmark's command, which hyperfine takes apart by itself. */
const shellCommand = z.string().regex(/\S/, 'expected a command')

export const tinybenchRunner = z.strictObject({
  name: z.literal('tinybench').describe('Benchmarks in JavaScript, with tinybench as it is installed.'),
  rounds: z
    .int()
    .min(1)
    .max(200)
    .default(5)
    .describe(
      'Least number of rounds; each runs in a process of its own and gives one sample of each benchmark. Default: 5.',
    ),
  maxRounds: z
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('Rounds are added up to this number while the results vary and the budget lasts. Default: 50.'),
  warmup: z
    .int()
    .min(0)
    .max(100)
    .default(2)
    .describe(
      'How many slices of time each benchmark runs before it is measured, in each process. Default: 2.',
    ),
  slice: durationSchema
    .default('100ms')
    .describe('How long each benchmark is measured in a round; at least one call. Default: "100ms".'),
  budget: durationSchema
    .default('30s')
    .describe('Time for a bench file: no round beyond the least number begins after it. Default: "30s".'),
  pin: z
    .boolean()
    .default(false)
    .describe('Holds the benchmarks to one core, where taskset is there. Default: false.'),
  nodeOptions: z
    .array(z.string().min(1))
    .default([])
    .describe('Options of the node processes that measure, such as ["--conditions=source"]. Default: none.'),
})

export const hyperfineRunner = z.strictObject({
  name: z.literal('hyperfine').describe('Benchmarks of commands, with the hyperfine of the PATH.'),
  commands: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("The benchmark's name."),
        command: shellCommand.describe("What is measured, run in the suite's folder."),
        setup: shellCommand.optional().describe('Shell command, once before its first run.'),
        prepare: shellCommand.optional().describe('Shell command, before each run; not measured.'),
        cleanup: shellCommand.optional().describe('Shell command, once after its last run.'),
      }),
    )
    .min(1, 'expected at least one command')
    .describe('The benchmarks.'),
  parameters: z
    .record(
      z.string().regex(/^\w+$/, 'expected a name of letters, digits and "_"'),
      z.array(z.union([z.string(), z.number().transform(String)])).min(1, 'expected at least one value'),
    )
    .default({})
    .describe(
      'Values by name, such as {"size": [10, 1000]}: each command is measured with each of them in place of {size}. Default: none.',
    ),
  warmup: z.int().min(0).max(1000).default(2).describe('Runs that are not measured. Default: 2.'),
  runs: z
    .int()
    .min(2)
    .max(200)
    .optional()
    .describe('Exactly so many runs of each. Default: at least 10, for at least 3 seconds.'),
  shell: z
    .string()
    .min(1)
    .default('none')
    .describe(
      'What the commands are started with: "none", "default" or a shell such as "bash". Default: "none", so that no shell is measured.',
    ),
})

export type TinybenchJson = z.infer<typeof tinybenchRunner>
export type HyperfineJson = z.infer<typeof hyperfineRunner>
