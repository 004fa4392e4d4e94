import { readNxJson, type Tree } from '../../nx/devkit.ts'
import { PLUGIN_NAME } from '../../nx/plugin-options.ts'
import { isRecord } from '../../inference/workspace-files.ts'
import { setInJson } from '../json-edit.ts'

type Entry = string | { readonly plugin: string; readonly options?: unknown }

export interface Registration {
  readonly targetName: string
  /** Added to `infer`. */
  readonly runners: readonly string[]
  /** Whether suites without a suite.json collect coverage; what nx.json says already stays otherwise. */
  readonly coverage: boolean
}

/**
 * Has the plugin in nx.json, as it is to be. It is put behind all others when it infers: of the plugins
 * that infer the same target the last one wins.
 * @returns whether it had to be added
 */
export function registerPlugin(tree: Tree, { targetName, runners, coverage }: Registration): boolean {
  const plugins: readonly Entry[] = readNxJson(tree)?.plugins ?? []
  const index = plugins.findIndex((entry) => nameOf(entry) === PLUGIN_NAME)
  const before = index === -1 ? undefined : plugins[index]
  const options = typeof before === 'object' && isRecord(before.options) ? before.options : {}
  const known = Array.isArray(options['infer']) ? (options['infer'] as string[]) : []
  const infer = [...new Set([...known, ...runners])]
  const ofCoverage = isRecord(options['coverage']) ? options['coverage'] : {}
  const collects = coverage && ofCoverage['adopted'] !== true
  const entry: Entry = {
    ...(typeof before === 'object' ? before : { plugin: PLUGIN_NAME }),
    options: {
      ...options,
      ...(targetName !== 'test' && { targetName }),
      ...(infer.length > 0 && { infer }),
      ...(collects && { coverage: { ...ofCoverage, adopted: true } }),
    },
  }
  if (before === undefined) {
    write(
      tree,
      plugins.length === 0 ? ['plugins'] : ['plugins', plugins.length],
      plugins.length === 0 ? [entry] : entry,
    )
    return true
  }
  if (collects || infer.length > known.length || (infer.length > 0 && index < plugins.length - 1)) {
    write(tree, ['plugins', index], undefined)
    write(
      tree,
      plugins.length === 1 ? ['plugins'] : ['plugins', plugins.length - 1],
      plugins.length === 1 ? [entry] : entry,
    )
  }
  return false
}

const nameOf = (entry: Entry): string => (typeof entry === 'string' ? entry : entry.plugin)

const write = (tree: Tree, path: (string | number)[], value: unknown): void =>
  tree.write('nx.json', setInJson(tree.read('nx.json', 'utf8') ?? '{}', path, value))
