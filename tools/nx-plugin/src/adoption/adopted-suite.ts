import type { ParsedSuite } from '@muster/graph'
import type { parseSuite } from '@muster/graph/parse'
import { SCHEDULING_DEFAULTS, suiteId, TOOLS, type Suite } from '@muster/model'
import type { FoundTests } from './found-tests.ts'
import type { Json } from './own-target.ts'
import type { TestCommand } from './test-command.ts'

/** What `infer` in nx.json may name. */
export const INFERABLE: readonly string[] = ['mocha', ...TOOLS]

const MINUTE_MS = 60_000
/** Where it is set they write no snapshots, or forbid `only`, so that the verdict may be another. */
const READS_CI: ReadonlySet<string> = new Set(['vitest', 'jest', 'playwright'])

/** Nobody has limited these tests so far. */
const LIMIT_MS = 60 * MINUTE_MS

/**
 * Tests without a suite.json as the suite that one would declare.
 * @param name unique among suites
 * @param parse only needed for `declare`; absent otherwise, since the schema library is slow to load
 * @returns undefined for what is left to Nx
 */
export function adoptedSuite(
  tests: FoundTests,
  name: string,
  parse: typeof parseSuite | undefined,
): ParsedSuite | undefined {
  const { state } = tests
  const source = sourceOf(tests)
  if (state.kind === 'taken-over' && state.declare) {
    return parse && declared(state.declare, source, name, tests, parse)
  }
  if (state.kind !== 'free' && state.kind !== 'taken-over') return undefined
  if (!state.command) return undefined
  return { source, name, suite: suiteOf(state.command, source, name, tests), diagnostics: [] }
}

/** Two targets may come from one file; each has a source of its own. */
const sourceOf = ({ file, target }: FoundTests): string =>
  /(^|\/)(package|project)\.json$/.test(file) ? `${file}#${target}` : file

function declared(
  declare: Json,
  source: string,
  name: string,
  { project, tool }: FoundTests,
  parse: typeof parseSuite,
): ParsedSuite {
  const kind = tool === 'playwright' ? 'e2e' : 'unit'
  const json = { name, kind, covers: [project], timeout: LIMIT_MS, ...declare }
  const { suite, ...parsed } = parse(JSON.stringify(json), source)
  return { ...parsed, ...(suite && { suite: { ...suite, source } }), name }
}

function suiteOf(
  { runner, include = [], allowNoTests = false }: TestCommand,
  source: string,
  name: string,
  { root, project }: FoundTests,
): Suite {
  return {
    id: suiteId(name),
    kind: runner.name === 'playwright' ? 'e2e' : 'unit',
    priority: 'medium',
    dir: root,
    source,
    runner,
    include,
    exclude: [],
    covers: [project],
    dependsOn: [],
    inputs: [],
    outputs: [],
    env: READS_CI.has(runner.name) ? ['CI'] : [],
    timeoutMs: LIMIT_MS,
    slowAfterMs: MINUTE_MS,
    isolation: 'auto',
    allowNoTests,
    ...SCHEDULING_DEFAULTS,
  }
}

/** Whether the tool of these tests is among those that nx.json opts in to. */
export function isOptedIn({ state, tool }: FoundTests, infer: readonly string[]): boolean {
  if (state.kind === 'taken-over') return true
  return state.kind === 'free' && tool !== undefined && infer.includes(tool)
}
