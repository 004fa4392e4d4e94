import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { UnitMessage } from '../runner.ts'
import { caseReporter } from './case-reporter.ts'
import { watchFixtures } from './fixtures.ts'
import type { MochaInput, RegExpJson } from './input.ts'
import { loadFiles } from './load-files.ts'
import { loadMocha } from './load-mocha.ts'
import { loadPlugins } from './load-plugins.ts'
import type { MochaInstance, MochaModules, MochaRootSuite, MochaStats } from './mocha-api.ts'
import type { RunWatch } from './run-watch.ts'

/** A suite whose files are loaded. */
export interface LoadedUnit {
  readonly mocha: MochaInstance
  /** Resolves when a global fixture threw, else never. */
  readonly fixtureError: Promise<UnitMessage>
  /** Undefined until mocha has ended. */
  readonly stats: () => MochaStats | undefined
  /** To be called right after mocha's `run`, in order. */
  readonly watches: readonly RunWatch[]
}

/** Rejects when a file or a plugin throws while it is loaded, and for a bad option. */
export async function loadUnit(unit: MochaInput, emit: (message: UnitMessage) => void): Promise<LoadedUnit> {
  const modules: MochaModules = loadMocha(unit.mocha, unit.pack)
  const plugins = await loadPlugins(modules, strings(unit.options['require']))
  loadInterface(modules, unit.options['ui'], unit.cwd)
  const fixtures = watchFixtures(plugins)
  let stats: MochaStats | undefined
  const mocha = new modules.Mocha({
    ...unit.options,
    ...fixtures.plugins,
    ...grepOption(unit.options['grep']),
    reporter: caseReporter({
      root: unit.root,
      cwd: unit.cwd,
      filterStack: modules.Mocha.utils.stackTraceFilter(),
      emit,
      onEnd: (final) => (stats = final),
    }),
  })
  const watches = await watchesFor(unit, mocha.suite, plugins)
  await loadFiles(mocha, unit.files)
  return { mocha, fixtureError: fixtures.failed, stats: () => stats, watches }
}

/** Imported when needed: most suites are one file, run as a whole, and each module costs them time. */
async function watchesFor(
  unit: MochaInput,
  root: MochaRootSuite,
  plugins: Readonly<Record<string, unknown>>,
): Promise<RunWatch[]> {
  const watches: RunWatch[] = []
  if (unit.tests.length > 1) {
    const { splitWatch } = await import('./split-watch.ts')
    watches.push(splitWatch(unit, root, plugins))
  }
  if (unit.cases !== undefined) {
    const { rerunCases } = await import('./rerun-cases.ts')
    watches.push(rerunCases(unit.root, root, unit.cases))
  }
  if (unit.scout) {
    const { endAtFirstFailure } = await import('./first-failure.ts')
    watches.push(endAtFirstFailure(root))
  }
  return watches
}

/** A `ui` that isn't mocha's own is a package or a file; mocha looks it up by name when it is constructed. */
function loadInterface({ Mocha }: MochaModules, ui: unknown, cwd: string): void {
  if (typeof ui !== 'string' || ui in Mocha.interfaces) return
  const require = createRequire(join(cwd, 'package.json'))
  Mocha.interfaces[ui] = require(existsSync(ui) ? resolve(ui) : ui)
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

function grepOption(grep: unknown): { grep?: RegExp } {
  if (typeof grep !== 'object' || grep === null) return {}
  const { source, flags } = grep as RegExpJson
  return { grep: new RegExp(source, flags) }
}
