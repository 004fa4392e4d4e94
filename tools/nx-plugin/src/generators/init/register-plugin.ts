import { readNxJson, updateNxJson, type Tree } from '../../nx/devkit.ts'
import { PLUGIN_NAME } from '../../nx/plugin-options.ts'

/** Adds the plugin to nx.json, after those that are there. Says whether it had to. */
export function registerPlugin(tree: Tree, targetName: string): boolean {
  const nxJson = readNxJson(tree) ?? {}
  const plugins = nxJson.plugins ?? []
  const isOurs = (entry: (typeof plugins)[number]): boolean =>
    (typeof entry === 'string' ? entry : entry.plugin) === PLUGIN_NAME
  if (plugins.some(isOurs)) return false
  const options = targetName === 'test' ? {} : { targetName }
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, { plugin: PLUGIN_NAME, options }] })
  return true
}
