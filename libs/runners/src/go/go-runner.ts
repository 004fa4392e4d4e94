import { join } from 'node:path'
import { err, ok, type Result, type Suite } from '@muster/model'
import type { SplittingRunner } from '../lazy-runner.ts'
import type { PrepareProblem, Runner, RunnerContext } from '../runner.ts'
import { siblingModule } from '../sibling-module.ts'
import { onPath } from '../tool/on-path.ts'
import { runForOutput } from '../tool/run-for-output.ts'
import { toolProgram } from '../tool/tool-program.ts'
import { workspacePath } from '../workspace-path.ts'
import { goArguments, listFlags, packagePatterns } from './go-arguments.ts'
import { goModules } from './go-modules.ts'
import type { GoReaderInput } from './go-reader.ts'

const WITHIN_MS = 120_000
const TESTED = '{{if or .TestGoFiles .XTestGoFiles}}{{.Dir}}{{end}}'

/** Runs the packages of a suite with `go test`. The files of a suite are the folders of its packages. */
export const goRunner: SplittingRunner = {
  name: 'go',

  version: async (suite, context) => {
    const said = await go(suite, context, ['version'])
    // `go version go1.22.1 linux/amd64`
    return said.ok ? ok(/\bgo(\d\S*)/.exec(said.value)?.[1] ?? said.value.trim()) : said
  },

  files: async (suite, context) => {
    const args = ['list', '-e', '-f', TESTED, ...listFlags(suite), ...packagePatterns(suite)]
    const listed = await go(suite, context, args)
    if (!listed.ok) return listed
    const folders = listed.value.split('\n').filter(Boolean)
    return ok(folders.map((folder) => workspacePath(context.root, folder) || '.'))
  },

  prepare: (suite, context, part = {}) => Promise.resolve(program(suite, context, part)),
}

const program = (
  suite: Suite,
  context: RunnerContext,
  part: Parameters<Runner['prepare']>[2] & object,
): Awaited<ReturnType<Runner['prepare']>> => {
  const { root, coverageDir } = context
  if (!onPath('go', context.env)) return err(MISSING)
  const { flags, packages, rest } = goArguments(suite, part, coverageDir)
  const modules = goModules(join(root, suite.dir))
  const input: GoReaderInput = { root, modules, ...(part.cases && { cases: part.cases }) }
  const notes =
    suite.exclude.length > 0 ? ['exclude has no effect: name the packages to test in include'] : []
  return ok(
    toolProgram(
      suite,
      context,
      {
        name: 'go test',
        argv: ['go', 'test', '-json', ...flags, ...packages, ...rest],
        reader: { module: siblingModule(import.meta.url, 'go-reader'), input },
      },
      ['go', 'test', ...flags.filter((flag) => !flag.startsWith('-coverprofile=')), ...packages, ...rest],
      notes,
    ),
  )
}

const MISSING = {
  type: 'environment',
  message: 'go is not installed: there is no go command in PATH.',
  fix: 'Install Go (Debian: golang-go), or add its bin folder to PATH.',
} as const

/** @returns what it printed */
async function go(
  suite: Suite,
  { root, env }: RunnerContext,
  args: readonly string[],
): Promise<Result<string, PrepareProblem>> {
  if (!onPath('go', env)) return err(MISSING)
  const ran = await runForOutput('go', args, { cwd: join(root, suite.dir), env, timeoutMs: WITHIN_MS })
  if (ran.ok) return ran
  const message = `go ${args[0]} fails: ${ran.error}`
  return err({ type: 'environment', message, fix: `Make this work: (cd ${suite.dir} && go ${args[0]})` })
}
