import { addDependenciesToPackageJson, readJson, type GeneratorCallback, type Tree } from '@nx/devkit'

const nothing = (): void => undefined

const VERSION = '^12.0.0'

/** Adds mocha to the workspace unless it is there. The callback installs it. */
export function requireMocha(tree: Tree): GeneratorCallback {
  if (!tree.exists('package.json')) return nothing
  const { dependencies, devDependencies } = readJson<Partial<Record<string, Record<string, string>>>>(
    tree,
    'package.json',
  )
  if (dependencies?.['mocha'] !== undefined || devDependencies?.['mocha'] !== undefined) return nothing
  return addDependenciesToPackageJson(tree, {}, { mocha: VERSION })
}
