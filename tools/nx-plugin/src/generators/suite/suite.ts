import { formatDiagnostic, hasErrors } from '@muster/graph'
import { parseSuite } from '@muster/graph/parse'
import { getProjects, logger, type GeneratorCallback, type Tree } from '../../nx/devkit.ts'
import { requireMocha } from '../require-mocha.ts'
import { exampleTest, hasTestFiles, suiteFiles, suiteText } from '../suite-files.ts'
import { asSuiteJson, type SuiteOptions } from './suite-options.ts'

/** `nx g @muster/nx:suite name`: writes a suite.json, and a first test where there is none. Throws what is wrong, as Nx wants it. */
export default function suite(tree: Tree, options: SuiteOptions): GeneratorCallback {
  const folder = (options.directory ?? `suites/${options.name}`).replace(/^\.\/|\/+$/g, '') || '.'
  const source = folder === '.' ? 'suite.json' : `${folder}/suite.json`
  if (options.command !== undefined && options.runner !== undefined) {
    throw new Error('a suite has a runner or a command, not both')
  }
  const json = asSuiteJson(options)
  const text = suiteText(json, folder)

  const { diagnostics } = parseSuite(text, source)
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(formatDiagnostic).join('\n'))
  if (tree.exists(source)) throw new Error(`${source} exists already`)
  const declared = new Map(
    suiteFiles(tree).map((path) => [parseSuite(tree.read(path, 'utf8') ?? '', path).name, path]),
  )
  const namesake = declared.get(options.name)
  if (namesake !== undefined) throw new Error(`${namesake} already declares a suite "${options.name}"`)
  const projects = getProjects(tree)
  const unknown = (json.covers ?? []).filter((name) => !projects.has(name) && !declared.has(name))
  // Not refused: the project may be about to be made.
  if (unknown.length > 0) {
    logger.warn(
      `No project is called ${unknown.join(', ')} yet; until one is, the suite fails with that reason.`,
    )
  }

  tree.write(source, text)
  if (options.command !== undefined || (options.runner ?? 'mocha') !== 'mocha') return () => undefined
  if (!hasTestFiles(tree, folder)) {
    const file = `${options.name.replace(/^.*\//, '')}.test.mjs`
    tree.write(folder === '.' ? file : `${folder}/${file}`, exampleTest(options.name))
  }
  return requireMocha(tree)
}
