import { execSync } from 'node:child_process'
import {
  getPackageManagerCommand,
  readJson,
  updateJson,
  type GeneratorCallback,
  type Tree,
} from '../nx/devkit.ts'

const nothing = (): void => undefined

const VERSION = '^12.0.0'

type Dependencies = Record<string, string>

/** Adds mocha to the workspace unless it is there. The callback installs it. */
export function requireMocha(tree: Tree): GeneratorCallback {
  if (!tree.exists('package.json')) return nothing
  const { dependencies, devDependencies } = readJson<Partial<Record<string, Dependencies>>>(
    tree,
    'package.json',
  )
  if (dependencies?.['mocha'] !== undefined || devDependencies?.['mocha'] !== undefined) return nothing
  updateJson(tree, 'package.json', (json: { devDependencies?: Dependencies }) => ({
    ...json,
    devDependencies: sorted({ ...json.devDependencies, mocha: VERSION }),
  }))
  return () => void execSync(getPackageManagerCommand().install, { cwd: tree.root, stdio: 'inherit' })
}

/** As package managers write them. */
const sorted = (dependencies: Dependencies): Dependencies =>
  Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)))
