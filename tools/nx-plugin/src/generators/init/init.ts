import type { FoundTests } from '../../adoption/found-tests.ts'
import { logger, readNxJson, type GeneratorCallback, type Tree } from '../../nx/devkit.ts'
import { recordChanges } from '../init-record.ts'
import { requireMocha } from '../require-mocha.ts'
import { suiteFiles } from '../suite-files.ts'
import { chooseRunners, type ChoiceOptions } from './choose-runners.ts'
import { convertTarget, convertToCommand } from './convert-target.ts'
import { writeFirstSuite, type FirstSuite } from './first-suite.ts'
import { guardSuites } from './guard-suites.ts'
import { ignoreProducts } from './ignore-products.ts'
import { plainTerminal } from './plain-terminal.ts'
import { registerPlugin } from './register-plugin.ts'
import { searchTests } from './search-tests.ts'
import { testsTable } from './tests-table.ts'

export interface InitOptions extends ChoiceOptions {
  readonly targetName?: string
  readonly skipSuite?: boolean
  /** Leave Nx's terminal UI as it is. */
  readonly keepTui?: boolean
  /** Make command suites of scripts that can't be read. */
  readonly commands?: boolean
}

/** `nx g @muster/nx:init`: may be run again at any time, and changes nothing that is there. */
export default async function init(tree: Tree, options: InitOptions): Promise<GeneratorCallback> {
  const { targetName = 'test', skipSuite = false, keepTui = false } = options
  const found = searchTests(tree, { targetName })
  if (found.length > 0) logger.info(testsTable(found))
  const { runners, convert, coverage } = await chooseRunners(found, options)

  const registered = registerPlugin(tree, { targetName, runners, coverage })
  const converted = convertAll(tree, found, { runners, convert, commands: options.commands === true })
  for (const target of new Set([targetName, ...found.map((each) => each.target)])) guardSuites(tree, target)
  const plain = registered && !keepTui && plainTerminal(tree)
  ignoreProducts(tree)
  const declares =
    !skipSuite && suiteFiles(tree).length === 0 && !hasOtherTests(found) && runners.length === 0
  const first = declares ? writeFirstSuite(tree) : undefined
  const install = first ? requireMocha(tree) : () => undefined
  recordChanges(tree)
  return async () => {
    await install()
    logger.info(nextSteps({ targetName, registered, plain, first, runners, coverage, converted, found }))
  }
}

interface Conversion {
  readonly runners: readonly string[]
  readonly convert: boolean
  readonly commands: boolean
}

/** @returns how many targets have Muster's executor now */
function convertAll(tree: Tree, found: readonly FoundTests[], wish: Conversion): number {
  const nxJson = readNxJson(tree) ?? {}
  let count = 0
  for (const tests of found) {
    const { state, tool } = tests
    if (state.kind === 'by-hand' && wish.convert && tool !== undefined && wish.runners.includes(tool)) {
      convertTarget(tree, tests, state.own, state.command, nxJson)
      count++
    } else if (state.kind === 'left' && wish.commands && state.own?.kind === 'script') {
      convertToCommand(tree, tests, state.own)
      count++
    }
  }
  return count
}

/** Tests for which a suite of mocha's is no beginning. */
const hasOtherTests = (found: readonly FoundTests[]): boolean =>
  found.some(({ tool, state }) => tool !== undefined && tool !== 'mocha' && state.kind !== 'left')

interface Outcome {
  readonly targetName: string
  readonly registered: boolean
  readonly plain: boolean
  readonly first: FirstSuite | undefined
  readonly runners: readonly string[]
  readonly coverage: boolean
  readonly converted: number
  readonly found: readonly FoundTests[]
}

function nextSteps(outcome: Outcome): string {
  const { targetName, registered, plain, first, runners, coverage, converted, found } = outcome
  const offered = [
    ...new Set(found.flatMap(({ tool, state }) => (state.kind === 'free' ? (tool ?? []) : []))),
  ]
  const isOffered = runners.length === 0 && offered.length > 0
  return [
    registered ? 'Muster is set up.' : 'Muster was already set up.',
    ...(runners.length > 0 ? [`It runs the tests of ${runners.join(', ')}.`] : []),
    ...(converted > 0 ? [`Converted targets: ${converted}.`] : []),
    ...(coverage ? ['Their coverage is in reports/latest/coverage/ after each run.'] : []),
    ...(isOffered ? [`It can run the tests that are there: --all, or --runners=${offered.join(',')}.`] : []),
    ...(first ? [`First suite: ${first.name}, declared in ${first.folder}/suite.json.`] : []),
    ...(plain ? ["Nx's terminal UI is off (tui in nx.json), since it hides the counts of tests."] : []),
    'Next:',
    `  nx run-many -t ${targetName}              run all suites`,
    `  nx affected -t ${targetName}              run those that your change reaches`,
    '  nx g @muster/nx:suite my-suite   declare another one',
    '  nx g @muster/nx:remove           go back',
  ].join('\n')
}
