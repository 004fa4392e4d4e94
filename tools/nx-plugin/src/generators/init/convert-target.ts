import type { FoundTests } from '../../adoption/found-tests.ts'
import type { Json, OwnTarget } from '../../adoption/own-target.ts'
import type { TestCommand } from '../../adoption/test-command.ts'
import { SUITE_EXECUTOR } from '../../inference/target-defaults.ts'
import { inheritedInputs } from '../../inference/inherited-inputs.ts'
import { isRecord } from '../../inference/workspace-files.ts'
import { getPackageManagerCommand, type NxJsonConfiguration, type Tree } from '../../nx/devkit.ts'
import { setInJson } from '../json-edit.ts'

/** Fields of a target that Muster's own would be, or that belonged to the executor. */
const REPLACED = new Set([
  'executor',
  'command',
  'options',
  'configurations',
  'inputs',
  'outputs',
  'cache',
  'parallelism',
])

/**
 * Gives a target that is defined by hand Muster's executor. A package script stays as it is, for `npm test`, and is
 * read again each time; what an executor would run is declared in its place.
 */
export function convertTarget(
  tree: Tree,
  { file, target }: FoundTests,
  own: OwnTarget,
  command: TestCommand,
  nxJson: NxJsonConfiguration,
): void {
  if (own.kind === 'script') return takeOver(tree, file, ['nx', 'targets', target], own.target, {})
  const { runner, include, allowNoTests } = command
  const { inputs, outputs, env } = inheritedInputs([own.target])
  const declare = {
    runner: 'args' in runner && runner.args.length === 0 ? withoutArgs(runner) : runner,
    ...(include && { include }),
    ...(allowNoTests === true && { allowNoTests }),
    ...(inputs.length > 0 && { inputs }),
    ...(outputs.length > 0 && { outputs }),
    ...(env.length > 0 && { env }),
  }
  const executor = own.target['executor']
  const defaults = typeof executor === 'string' ? nxJson.targetDefaults?.[executor] : undefined
  const dependsOn = isRecord(defaults) ? defaults['dependsOn'] : undefined
  const inherited = dependsOn === undefined ? {} : { dependsOn }
  const path = file.endsWith('package.json') ? ['nx', 'targets', target] : ['targets', target]
  takeOver(tree, file, path, { ...inherited, ...own.target }, { options: { declare } })
}

/** Makes a script that Muster can't read a suite whose one test case is the script. */
export function convertToCommand(tree: Tree, { file, target }: FoundTests, own: OwnTarget): void {
  const runner = { name: 'command', command: getPackageManagerCommand().run(target) }
  takeOver(tree, file, ['nx', 'targets', target], own.target, { options: { declare: { runner } } })
}

function takeOver(tree: Tree, file: string, path: string[], target: Json, added: Json): void {
  const kept = Object.entries(target).filter(([name]) => !REPLACED.has(name))
  const value = { executor: SUITE_EXECUTOR, ...added, ...Object.fromEntries(kept) }
  tree.write(file, setInJson(tree.read(file, 'utf8') ?? '', path, value))
}

const withoutArgs = ({ name, config }: { name: string; config?: string }): unknown =>
  config === undefined ? name : { name, config }
