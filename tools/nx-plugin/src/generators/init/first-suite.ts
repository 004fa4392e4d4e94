import { getProjects, readJson, type ProjectConfiguration, type Tree } from '../../nx/devkit.ts'
import type { SuiteJsonInput } from '@muster/model/schema'
import { exampleTest, hasTestFiles, suiteText } from '../suite-files.ts'

export interface FirstSuite {
  readonly name: string
  readonly folder: string
}

/**
 * A suite for tests that are already there, or else a small one of its own.
 * The tests of a project become a suite in the project's folder, where mocha is used to being run; if the project
 * has a `test` script, which Nx would prefer, in its `test` folder.
 */
export function writeFirstSuite(tree: Tree): FirstSuite {
  const tested = usesMocha(tree) ? projectWithTests(tree) : undefined
  if (!tested) return writeSmoke(tree)
  const [project, { root }] = tested
  const folder = definesTest(tree, tested[1]) ? `${root}/test` : root
  const name = `unit-${project.replace(/^@[^/]+\//, '')}`
  const include = folder === root ? ['test/**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}'] : undefined
  const json: SuiteJsonInput = { name, kind: 'unit', covers: [project], ...(include && { include }) }
  tree.write(`${folder}/suite.json`, suiteText(json, folder))
  return { name, folder }
}

function writeSmoke(tree: Tree): FirstSuite {
  const folder = 'suites/smoke'
  const json: SuiteJsonInput = { name: 'smoke', kind: 'smoke', priority: 'critical' }
  tree.write(`${folder}/suite.json`, suiteText(json, folder))
  if (!hasTestFiles(tree, folder)) tree.write(`${folder}/smoke.test.mjs`, exampleTest('smoke'))
  return { name: 'smoke', folder }
}

function usesMocha(tree: Tree): boolean {
  if (tree.children('.').some((name) => name.startsWith('.mocharc.'))) return true
  if (!tree.exists('package.json')) return false
  const json = readJson<Partial<Record<string, Record<string, string>>>>(tree, 'package.json')
  return json['devDependencies']?.['mocha'] !== undefined || json['dependencies']?.['mocha'] !== undefined
}

const projectWithTests = (tree: Tree): [string, ProjectConfiguration] | undefined =>
  [...getProjects(tree)]
    .filter(([, { root }]) => root !== '.' && hasTestFiles(tree, `${root}/test`))
    .sort(([a], [b]) => (a < b ? -1 : 1))[0]

function definesTest(tree: Tree, { root, targets }: ProjectConfiguration): boolean {
  if (targets?.['test']) return true
  const file = `${root}/package.json`
  return (
    tree.exists(file) &&
    readJson<{ scripts?: Record<string, string> }>(tree, file).scripts?.['test'] !== undefined
  )
}
