import { logger, type GeneratorCallback, type Tree } from '../../nx/devkit.ts'
import { requireMocha } from '../require-mocha.ts'
import { suiteFiles } from '../suite-files.ts'
import { writeFirstSuite, type FirstSuite } from './first-suite.ts'
import { guardSuites } from './guard-suites.ts'
import { ignoreProducts } from './ignore-products.ts'
import { plainTerminal } from './plain-terminal.ts'
import { registerPlugin } from './register-plugin.ts'

export interface InitOptions {
  readonly targetName?: string
  readonly skipSuite?: boolean
  /** Leave Nx's terminal UI as it is. */
  readonly keepTui?: boolean
}

/** `nx g @muster/nx:init`: may be run again at any time, and changes nothing that is there. */
export default function init(
  tree: Tree,
  { targetName = 'test', skipSuite = false, keepTui = false }: InitOptions,
): GeneratorCallback {
  const registered = registerPlugin(tree, targetName)
  guardSuites(tree, targetName)
  const plain = registered && !keepTui && plainTerminal(tree)
  ignoreProducts(tree)
  const wanted = !skipSuite && suiteFiles(tree).length === 0
  const first = wanted ? writeFirstSuite(tree) : undefined
  const install = first ? requireMocha(tree) : () => undefined
  return async () => {
    await install()
    logger.info(nextSteps(targetName, registered, plain, first))
  }
}

function nextSteps(
  target: string,
  registered: boolean,
  plain: boolean,
  first: FirstSuite | undefined,
): string {
  return [
    registered ? 'Muster is set up.' : 'Muster was already set up.',
    ...(first ? [`First suite: ${first.name}, declared in ${first.folder}/suite.json.`] : []),
    ...(plain ? ["Nx's terminal UI is off (tui in nx.json), since it hides the counts of tests."] : []),
    'Next:',
    `  nx run-many -t ${target}              run all suites`,
    `  nx affected -t ${target}              run those that your change reaches`,
    '  nx g @muster/nx:suite my-suite   declare another one',
  ].join('\n')
}
