import { logger, readNxJson, type GeneratorCallback, type Tree } from '../../nx/devkit.ts'
import { PLUGIN_NAME } from '../../nx/plugin-options.ts'
import { RECORD_FILE, readRecord, type InitChange } from '../init-record.ts'
import { setInJson } from '../json-edit.ts'
import { undoSplice } from '../splice.ts'
import { suiteFiles } from '../suite-files.ts'

/** `nx g @muster/nx:remove`: takes back what init has changed, the newest first. */
export default function remove(tree: Tree): GeneratorCallback {
  const changes = readRecord(tree)?.changes ?? []
  const stuck = changes.toReversed().filter((change) => !undo(tree, change))
  unregister(tree)
  tree.delete(RECORD_FILE)
  const suites = suiteFiles(tree)
  return () => logger.info(farewell(stuck, suites))
}

/** @returns whether it could be found */
function undo(tree: Tree, change: InitChange): boolean {
  const text = tree.read(change.file, 'utf8')
  if (text === null) return true
  if ('created' in change) {
    if (text === change.created) tree.delete(change.file)
    return text === change.created
  }
  const before = undoSplice(text, change)
  if (before !== undefined) tree.write(change.file, before)
  return before !== undefined
}

/** Whatever else happened: without its package the plugin would stop every nx command. */
function unregister(tree: Tree): void {
  const plugins = readNxJson(tree)?.plugins ?? []
  for (let index = plugins.length - 1; index >= 0; index--) {
    const entry = plugins[index]
    if ((typeof entry === 'string' ? entry : entry?.plugin) !== PLUGIN_NAME) continue
    tree.write('nx.json', setInJson(tree.read('nx.json', 'utf8') ?? '{}', ['plugins', index], undefined))
  }
}

function farewell(stuck: readonly InitChange[], suites: readonly string[]): string {
  const edited = stuck.map((change) =>
    'created' in change
      ? `${change.file} was made by init and has changed since; it stays.`
      : `${change.file} has changed where init had changed it. It was there before:\n${change.was}`,
  )
  return [
    'Muster is out of nx.json.',
    ...edited,
    ...(suites.length > 0 ? [`Suites that stay, and that nothing runs now: ${suites.join(', ')}.`] : []),
    'Left to do: uninstall muster and @muster/nx, and delete .muster and reports.',
  ].join('\n')
}
