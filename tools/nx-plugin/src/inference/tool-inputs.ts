import { posix } from 'node:path'
import type { RunnerSpec, Suite } from '@muster/model'
import { withParents, type WorkspaceFiles } from './workspace-files.ts'

/** What decides a runner's verdicts besides the project and what it depends on. */
interface ToolInputs {
  /** Names of configuration files, which are looked for in all folders up to the root. */
  readonly files: RegExp
  /** npm packages; undefined where npm has no say in the tests. */
  readonly packages?: readonly string[]
  /** Prints the version of what runs the tests. Must succeed where that is missing: Nx would stop the whole run. */
  readonly runtime?: string
}

const TYPESCRIPT = String.raw`tsconfig(\.[\w-]+)?\.json`
const SCRIPT = String.raw`[cm]?[jt]s`

const pattern = (...names: string[]): RegExp => new RegExp(`^(${names.join('|')})$`)

const MOCHA: ToolInputs = {
  files: pattern(
    String.raw`\.mocharc\.(js|cjs|mjs|yaml|yml|json|jsonc)`,
    String.raw`tsconfig(\.base)?\.json`,
  ),
  packages: ['mocha', 'tsx'],
}

/** Commands, and tools that aren't here, have the whole lockfile in their hash, and no files above their folder. */
export const TOOL_INPUTS: Readonly<Partial<Record<RunnerSpec['name'], ToolInputs>>> = {
  mocha: MOCHA,
  'node:test': { files: pattern(TYPESCRIPT), packages: ['tsx', 'ts-node'] },
  vitest: {
    files: pattern(String.raw`vite(st)?\.(config|workspace|shared|setup)\.${SCRIPT}`, TYPESCRIPT),
    packages: ['vitest', 'vite', '@vitest/coverage-v8', '@vitest/coverage-istanbul', 'jsdom', 'happy-dom'],
  },
  jest: {
    files: pattern(
      String.raw`jest\.(config|preset|setup)\.(${SCRIPT}|json)`,
      String.raw`babel\.config\.(${SCRIPT}|json)`,
      String.raw`\.babelrc(\.json)?`,
      String.raw`\.swcrc`,
      TYPESCRIPT,
    ),
    packages: ['jest', 'ts-jest', 'babel-jest', '@swc/jest', '@nx/jest', 'jest-environment-jsdom'],
  },
  playwright: {
    files: pattern(String.raw`playwright\.config\.${SCRIPT}`, TYPESCRIPT),
    packages: ['@playwright/test', 'playwright'],
  },
  pytest: {
    files: pattern(
      'pytest.ini',
      'pyproject.toml',
      'tox.ini',
      'setup.cfg',
      'conftest.py',
      'uv.lock',
      'poetry.lock',
      'Pipfile.lock',
      String.raw`requirements[\w.-]*\.txt`,
    ),
    runtime: 'python3 --version || python --version || echo no python',
  },
  go: {
    files: pattern(String.raw`go\.(mod|sum|work|work\.sum)`),
    runtime: 'go version || echo no go',
  },
  cargo: {
    files: pattern(String.raw`Cargo\.(toml|lock)`, String.raw`rust-toolchain(\.toml)?`),
    runtime: 'rustc --version || echo no rust',
  },
}

/** The configuration files of a suite's runner that are not in the suite's own folder, in Nx's notation. */
export function configInputs(suite: Suite, files: WorkspaceFiles): string[] {
  const names = TOOL_INPUTS[suite.runner.name]?.files
  if (!names) return []
  const found = withParents(suite.dir).flatMap((folder) =>
    [...files.entries(folder)]
      .filter((name) => names.test(name))
      .toSorted()
      .map((name) => posix.join(folder, name)),
  )
  const config = 'config' in suite.runner ? suite.runner.config : undefined
  if (config !== undefined) found.push(posix.join(suite.dir, config))
  const all = [...found, ...found.flatMap((file) => named(file, files))]
  const own = suite.dir === '.' ? '' : `${suite.dir}/`
  const outside = all.filter((path) => !path.startsWith('../') && !path.startsWith(own))
  return [...new Set(outside)].map((path) => `{workspaceRoot}/${path}`)
}

/** Files that a configuration speaks of by a relative path, such as a preset that it extends. */
function named(file: string, files: WorkspaceFiles): string[] {
  const folder = posix.dirname(file)
  const mentions = (files.text(file) ?? '').matchAll(/["'](?:<rootDir>\/)?(\.{1,2}\/[\w./@-]+)["']/g)
  return [...mentions].flatMap(([, path = '']) => {
    const target = posix.join(folder, path)
    if (target.startsWith('../')) return []
    const siblings = files.entries(posix.dirname(target))
    const name = posix.basename(target)
    const written = name.replace(/\.([cm]?)js$/, '.$1ts')
    const exact = [name, written, ...['.ts', '.js', '.mjs', '.cjs', '.mts', '.json'].map((end) => name + end)]
    const match = exact.find((each) => siblings.has(each) && /\.\w+$/.test(each))
    return match === undefined ? [] : [posix.join(posix.dirname(target), match)]
  })
}
