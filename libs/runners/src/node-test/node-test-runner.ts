import { posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { err, ok, type CaseRef, type Result, type Suite, type UnitPart } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { PrepareProblem, RunnerContext, UnitProgram } from '../runner.ts'
import { builtModule } from '../sibling-module.ts'
import { toolCpus } from '../tool/tool-cpus.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { toolSpec } from '../tool/tool-spec.ts'
import { namePatterns } from './name-patterns.ts'
import { nodeArguments, runsTypeScript, wholeReason } from './node-arguments.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import { findTestFiles, globEscaped } from './test-files.ts'

/** Runs a suite by `node --test`, with the node that Muster itself is run by. */
export const nodeTestRunner: SplittingRunner = {
  name: 'node:test',

  version: () => Promise.resolve(ok(process.versions.node)),

  files: async (suite, context) => {
    const found = await suiteFiles(suite, context)
    return found.ok ? ok(found.value.map((file) => posix.join(suite.dir, file))) : found
  },

  prepare: async (suite, context, part = {}) => {
    const found = await suiteFiles(suite, context)
    return found.ok ? ok(program(suite, context, found.value, part)) : found
  },
}

async function suiteFiles(
  suite: Suite,
  { root, env }: RunnerContext,
): Promise<Result<readonly string[], PrepareProblem>> {
  const typed = runsTypeScript(toolSpec(suite).args, env['NODE_OPTIONS'] ?? '')
  const files = await findTestFiles(root, suite, typed)
  if (files.length > 0) return ok(files)
  const globs = suite.include.length > 0 ? suite.include.join(', ') : "node's own patterns"
  return err({ type: 'no-files', message: `No test file matches ${globs} in ${suite.dir}.` })
}

function program(suite: Suite, context: RunnerContext, all: readonly string[], part: UnitPart): UnitProgram {
  const spec = toolSpec(suite)
  const { args, notes } = nodeArguments(spec.args)
  const files = partFiles(suite, all, part)
  const names = files.map(globs)
  const patterns = part.cases ? namePatterns(part.cases) : []
  const common = [...args, '--test', ...patterns]
  const whole = wholeReason(args)
  const reporter: ReporterInput = {
    root: context.root,
    ...(part.cases && { cases: part.cases }),
    ...(whole !== undefined && { whole }),
  }
  return toolProgram(
    suite,
    context,
    {
      name: 'node --test',
      argv: [process.execPath, ...common, ...concurrency(suite, args), ...reporters(), ...names],
      ...(context.coverageDir !== undefined && { env: { NODE_V8_COVERAGE: context.coverageDir } }),
      reporter,
    },
    ['node', ...common, ...(part.files || part.cases || suite.include.length > 0 ? names : [])],
    spec.config === undefined ? notes : [...notes, '"config" is ignored: node --test has no such file.'],
  )
}

/** Of files, each of which is a process. */
const concurrency = (suite: Suite, args: readonly string[]): string[] =>
  args.some((arg) => arg.startsWith('--test-concurrency')) ? [] : [`--test-concurrency=${toolCpus(suite)}`]

const MAJOR = Number.parseInt(process.versions.node, 10)
const globs = (file: string): string => (MAJOR < 21 ? file : globEscaped(file))

/** Ours tells Muster and prints nothing; node's own is for people. */
const reporters = (): string[] => [
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${pathToFileURL(builtModule(import.meta.url, 'reporter')).href}`,
  '--test-reporter-destination=stdout',
]

/** Relative to the suite's folder. */
function partFiles(suite: Suite, all: readonly string[], { files, cases }: UnitPart): readonly string[] {
  const inPart = files?.map((file) => posix.relative(suite.dir, file)) ?? all
  if (cases === undefined || cases.some(({ file }) => file === undefined)) return inPart
  const named = new Set(cases.map((ref: CaseRef) => posix.relative(suite.dir, ref.file!)))
  const kept = inPart.filter((file) => named.has(file))
  // Without any, node would look for files by itself; from this one nothing is told.
  return kept.length > 0 ? kept : inPart.slice(0, 1)
}
