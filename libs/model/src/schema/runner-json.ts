import * as z from 'zod'
import { hyperfineRunner, tinybenchRunner } from './bench-runners-json.ts'
import { RESULT_FORMATS, TOOLS } from '../suite.ts'

const resultFile = z.strictObject({
  format: z.enum(RESULT_FORMATS).describe('The format of the results.'),
  from: z.literal('file').describe('The command writes its results to a file.'),
  path: z.string().min(1).describe("Glob of the result files, relative to the suite's folder."),
})

const resultStream = z.strictObject({
  format: z.enum(RESULT_FORMATS).describe('The format of the results.'),
  from: z.literal('stdout').describe('The command prints its results, and nothing else, to stdout.'),
})

const results = z.union([
  z.literal('exit-code').describe('The command itself is the one test case; it passes when it exits with 0.'),
  z.discriminatedUnion('from', [resultStream, resultFile]),
])

const mochaRunner = z.strictObject({
  name: z.literal('mocha').describe("mocha, the version that is installed for the suite's folder."),
  config: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A mocha configuration file, relative to the suite's folder. Default: the one mocha itself would find.",
    ),
  options: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'mocha options by their long names, such as {"retries": 2, "bail": true}; they win over the configuration file. Default: none.',
    ),
})

const commandRunner = z.strictObject({
  name: z.literal('command').describe('Any shell command.'),
  command: z.string().min(1).describe("The shell command, run in the suite's folder."),
  results: results
    .optional()
    .describe(
      'Where the test cases come from: "exit-code" (default) or a result format that the command writes.',
    ),
})

const toolRunner = z.strictObject({
  name: z.enum(TOOLS).describe("A test runner, the version that is installed for the suite's folder."),
  config: z
    .string()
    .min(1)
    .optional()
    .describe("Its configuration file, relative to the suite's folder. Default: the one it finds by itself."),
  args: z
    .array(z.string())
    .default([])
    .describe('Further arguments of its command line, such as ["--project", "web"]. Default: none.'),
})

/** How a suite is executed; `"mocha"` is short for `{"name": "mocha"}`. */
export const runnerSchema = z
  .union([
    z.enum(['mocha', ...TOOLS, 'tinybench']),
    z.discriminatedUnion('name', [mochaRunner, commandRunner, toolRunner, tinybenchRunner, hyperfineRunner]),
  ])
  .describe(
    `How the tests are executed: the name of a runner (${['mocha', ...TOOLS, 'tinybench'].join(', ')}), {"name": "mocha", …}, {"name": "command", "command": "…"} or {"name": "hyperfine", "commands": […]}. Default: "mocha".`,
  )

export type RunnerJson = z.infer<typeof runnerSchema>
