import { err, ok, TOOLS, type Result } from '@muster/model'
import type { InferenceOptions } from '../inference/inference-options.ts'
import type { KnownProject } from '../inference/known-projects.ts'
import { isRecord, type WorkspaceFiles } from '../inference/workspace-files.ts'
import type { NxJsonConfiguration } from '../nx/devkit.ts'
import { detectTools, type DetectedTool } from './detect-tools.ts'
import { executorCommand, isTestExecutor } from './executor-command.ts'
import type { FoundState, FoundTests } from './found-tests.ts'
import { mochaConfig } from './mocha-config.ts'
import { optionWords } from './option-words.ts'
import { ownTarget, ownTargetNames, type OwnTarget } from './own-target.ts'
import { readCommand, readTool } from './read-command.ts'
import { targetOfTool } from './target-names.ts'
import type { TestCommand } from './test-command.ts'

export interface TestSearch {
  readonly files: WorkspaceFiles
  readonly nxJson: NxJsonConfiguration
  readonly options: InferenceOptions
}

/** All tests of a project that no suite.json declares: of its own targets first, then by configuration files. */
export function findTests(project: KnownProject, existing: boolean, search: TestSearch): FoundTests[] {
  const usual = search.options.targetName ?? 'test'
  const detected = detectTools(project.root, search.files)
  const found: FoundTests[] = []
  const add = (target: string, file: string, tool: FoundTests['tool'], state: FoundState): void => {
    const { root, name } = project
    found.push({ root, project: name, existing, target, file, ...(tool && { tool }), state })
  }
  for (const target of ownTargetNames(project)) {
    const own = ownTarget(project, target)
    if (!own || own.kind === 'additions') continue
    const hinted = target === usual || target === 'e2e' || isTestExecutor(own.target['executor'])
    if (!hinted && own.kind !== 'muster') continue
    const { tool, state } = ofOwnTarget(project, own, detected, search)
    add(target, own.file, tool, state)
  }
  for (const tool of detected) {
    const target = targetOfTool(tool.name, search.nxJson, search.options)
    const other = found.find((each) => each.target === target)
    if (other?.state.kind === 'free') {
      const reason = `${target} is ${other.tool} already; declare a suite.json for it`
      add(target, tool.file, tool.name, { kind: 'left', reason })
    } else if (!other) {
      const read = withAdditions(tool, ownTarget(project, target), search.nxJson.targetDefaults?.[target])
      const state: FoundState = read.ok
        ? { kind: 'free', command: read.value }
        : { kind: 'left', reason: read.error }
      add(target, tool.file, tool.name, state)
    }
  }
  return found
}

function ofOwnTarget(
  { root }: KnownProject,
  own: OwnTarget,
  detected: readonly DetectedTool[],
  { files }: TestSearch,
): { tool?: FoundTests['tool']; state: FoundState } {
  const mocha = mochaConfig(files.entries(root), (name) => (root === '.' ? name : `${root}/${name}`), files)
  const spec = mocha?.ok ? mocha.value.spec : []
  const options = isRecord(own.target['options']) ? own.target['options'] : {}
  if (own.kind === 'muster') {
    const { declare } = options
    if (isRecord(declare)) return { state: { kind: 'taken-over', declare } }
    const read = own.script === undefined ? detected[0]?.command : readCommand(own.script, spec)
    if (!read) return { state: { kind: 'left', reason: 'it runs no test runner that Muster finds', own } }
    if (!read.ok) return { state: { kind: 'left', reason: read.error, own } }
    return { tool: read.value.runner.name, state: { kind: 'taken-over', command: read.value } }
  }
  const read =
    own.kind === 'script' ? readCommand(own.script ?? '', spec) : executorCommand(own.target, root, spec)
  if (!read.ok) return { state: { kind: 'left', reason: read.error, own } }
  return { tool: read.value.runner.name, state: { kind: 'by-hand', command: read.value, own } }
}

/** Options that nx.json or the project lay over the inferred target are arguments of its tool. */
function withAdditions(
  { command }: DetectedTool,
  own: OwnTarget | undefined,
  defaults: unknown,
): Result<TestCommand, string> {
  if (!command.ok) return command
  const { runner } = command.value
  const outputs = own?.target['outputs']
  if (Array.isArray(outputs) && !outputs.includes('...')) {
    return err(`${own?.file ?? ''} replaces the outputs of its target, and with them Muster's evidence`)
  }
  const layers = [defaults, own?.target].flatMap((each) =>
    isRecord(each) && isRecord(each['options']) ? each['options'] : [],
  )
  const words = optionWords(Object.assign({}, ...layers) as Record<string, unknown>)
  if (!words.ok) return words
  const tool = TOOLS.find((name) => name === runner.name)
  if (words.value.length === 0 || !tool) return command
  const read = readTool(tool, words.value)
  if (!read.ok) return read
  const { runner: told, allowNoTests = command.value.allowNoTests } = read.value
  return ok({ ...command.value, runner: told, ...(allowNoTests === true && { allowNoTests }) })
}
