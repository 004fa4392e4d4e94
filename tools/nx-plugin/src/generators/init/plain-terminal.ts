import { readNxJson, type Tree } from '../../nx/devkit.ts'
import { setInJson } from '../json-edit.ts'

/**
 * Turns Nx's full-screen terminal UI off, unless nx.json says something about it: it hides the counts of tests,
 * and holds the prompt back for three seconds after the last suite. Says whether it did.
 */
export function plainTerminal(tree: Tree): boolean {
  const nxJson = readNxJson(tree) ?? {}
  if (nxJson.tui !== undefined) return false
  tree.write('nx.json', setInJson(tree.read('nx.json', 'utf8') ?? '{}', ['tui'], { enabled: false }))
  return true
}
