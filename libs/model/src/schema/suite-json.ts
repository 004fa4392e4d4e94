import * as z from 'zod'
import { BENCH_INCLUDE, ISOLATIONS, MOCHA_INCLUDE, PRIORITIES, SUITE_KINDS } from '../suite.ts'
import { coverageSchema } from './coverage-json.ts'
import { durationSchema } from './duration.ts'
import { futureFields } from './future-fields.ts'
import { measureSchema } from './measure-json.ts'
import { runnerSchema } from './runner-json.ts'
import { schedulingFields } from './scheduling-fields.ts'

/**
 * A suite's name becomes a project name, a folder and a part of ids (`name#2/5`, `name@1`, `project:target`),
 * so it is what npm would call a package: letters, digits, `.`, `_` and `-`, with an optional `@scope/`.
 */
const suiteName = z
  .string()
  .max(200, 'expected at most 200 characters')
  .regex(
    /^(@[a-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*$/,
    'expected letters, digits, ".", "_" and "-", starting with a letter or a digit, such as "unit-core"',
  )

const glob = z.string().min(1, 'expected a glob, found an empty string')

const selector = z
  .union([
    suiteName,
    z.strictObject({ kind: z.enum(SUITE_KINDS).describe('All other suites of this kind.') }),
    z.strictObject({ suite: suiteName.describe('The suite of this name.') }),
  ])
  .describe('A suite by its name, or {"suite": "name"}, or all other suites of a kind: {"kind": "unit"}.')

/** The file `suite.json` as people write it. */
export const suiteJsonSchema = z
  .strictObject({
    $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
    name: suiteName.describe("The suite's name, unique in the workspace; it is the name of its Nx project."),
    kind: z.enum(SUITE_KINDS).describe('What kind of tests the suite holds.'),
    priority: z
      .enum(PRIORITIES)
      .default('medium')
      .describe('Which suites start first when not all can. Default: "medium".'),
    runner: runnerSchema.default('mocha'),
    include: z
      .array(glob)
      .min(1, 'expected at least one glob')
      .optional()
      .describe(
        `Globs of the test files, relative to this file's folder. Default: ["${MOCHA_INCLUDE[0]}"] for mocha, ["${BENCH_INCLUDE[0]}"] for tinybench, none for a command.`,
      ),
    exclude: z
      .array(glob)
      .default([])
      .describe("Globs of files that are not test files, relative to this file's folder. Default: none."),
    covers: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Names of the Nx projects that the suite tests; a change in one of them runs the suite. Default: none.',
      ),
    dependsOn: z
      .array(selector)
      .default([])
      .describe('Suites that must pass before this one starts. Default: none.'),
    inputs: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Further files that can change the verdict, in Nx\'s notation: "{workspaceRoot}/data/**/*", a named input, "^production". Default: none.',
      ),
    outputs: z
      .array(
        z
          .string()
          .regex(
            /^!?\{(workspaceRoot|projectRoot)\}\/./,
            'expected a path that starts with "{projectRoot}/" or "{workspaceRoot}/"',
          ),
      )
      .default([])
      .describe(
        'Further files that the suite writes and Nx keeps in its cache, such as "{projectRoot}/screenshots". Default: none.',
      ),
    env: z
      .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable'))
      .default([])
      .describe(
        'Environment variables that the suite may read; their values are part of its hash. Default: none.',
      ),
    timeout: durationSchema
      .default('10m')
      .describe('Hard limit for the whole suite: "90s", "5m", "1h" or milliseconds. Default: "10m".'),
    slowAfter: durationSchema
      .default('60s')
      .describe('When the suite is called slow: "90s", "5m", "1h" or milliseconds. Default: "60s".'),
    isolation: z
      .enum(ISOLATIONS)
      .default('auto')
      .describe(
        'What the suite gets to itself: a fresh "process", a fresh "thread", "none" (a reused process), or "auto": a thread, and a process where a thread can\'t give the runner\'s own verdict. Default: "auto".',
      ),
    allowNoTests: z
      .boolean()
      .default(false)
      .describe('Whether a run without a single test passes. Default: false, it is an error.'),
    setUp: z
      .string()
      .min(1)
      .optional()
      .describe("Shell command, run in this file's folder before the tests. Default: none."),
    tearDown: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Shell command, run in this file's folder after the tests, also when they fail or are stopped. Default: none.",
      ),
    measure: measureSchema,
    coverage: coverageSchema,
    ...schedulingFields,
    ...futureFields,
  })
  .meta({ title: 'suite.json', description: 'A test suite of an Nx workspace, run by Muster.' })

/** As written, before defaults. */
export type SuiteJsonInput = z.input<typeof suiteJsonSchema>
/** With its defaults. */
export type SuiteJson = z.output<typeof suiteJsonSchema>

/** One complaint of the schema about a value, zod's own form. */
export type SchemaIssue = z.core.$ZodIssue
