import { workspacePath } from '../workspace-path.ts'
import type { MochaInput } from './input.ts'
import type { MochaSuite } from './mocha-api.ts'
import { specImport } from './spec-imports.ts'
import { wholeByOptions } from './whole-options.ts'
import { wholeByTree } from './whole-tree.ts'

interface Seen {
  /** When mocha emits `start`, before tests are left out. */
  readonly root: MochaSuite
  readonly plugins: Readonly<Record<string, unknown>>
  /** The first test file with a hook outside all groups. */
  readonly rootHookFile: string | undefined
}

/**
 * Why the suite must not be split by file, as far as what this unit loaded shows it. The README lists the reasons.
 */
export function wholeReason(unit: MochaInput, { root, plugins, rootHookFile }: Seen): string | undefined {
  const nameOf = (file: string | undefined): string =>
    file === undefined ? 'a file' : workspacePath(unit.root, file)
  return (
    wholeByOptions(unit.options, plugins) ??
    (rootHookFile &&
      `${nameOf(rootHookFile)} has a hook outside all groups, which runs around the tests of all files`) ??
    wholeByTree(root, { shared: new Set(unit.shared), nameOf }) ??
    byImports(unit, nameOf)
  )
}

function byImports(unit: MochaInput, nameOf: (file: string) => string): string | undefined {
  const found = specImport(unit.files, unit.tests)
  return found && `${nameOf(found.file)} loads ${nameOf(found.imports)}, whose tests it would run, too`
}
