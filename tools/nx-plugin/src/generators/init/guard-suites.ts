import { defaultsKey, replacedFields, SUITE_EXECUTOR } from '../../inference/target-defaults.ts'
import { readNxJson, type Tree } from '../../nx/devkit.ts'
import { setInJson } from '../json-edit.ts'

/**
 * Where nx.json has defaults for targets of this name, suites get (empty) ones of their own: Nx would replace
 * their dependsOn, inputs and outputs otherwise.
 */
export function guardSuites(tree: Tree, targetName: string): void {
  const nxJson = readNxJson(tree) ?? {}
  const key = defaultsKey(nxJson, targetName)
  if (key === undefined || key === SUITE_EXECUTOR || replacedFields(nxJson, key).length === 0) return
  tree.write(
    'nx.json',
    setInJson(tree.read('nx.json', 'utf8') ?? '{}', ['targetDefaults', SUITE_EXECUTOR], {}),
  )
}
