import { join, resolve } from 'node:path'
import { err, ok, type Result, type Suite, type TinybenchSpec, type UnitPart } from '@muster/model'
import { findFiles } from '../find-files.ts'
import type { InProcessProgram, PrepareProblem, Runner, RunnerContext } from '../runner.ts'
import { siblingModule } from '../sibling-module.ts'
import { workspacePath } from '../workspace-path.ts'
import type { BenchInput } from './bench-input.ts'
import { nodeArgs } from './node-args.ts'
import { oneCore } from './one-core.ts'
import { resolveTinybench } from './resolve-tinybench.ts'

/** Measures the benchmarks of a suite, each round of a file in a process of its own. */
export const tinybenchRunner: Runner = {
  name: 'tinybench',

  version: async (suite, { root }) => {
    const found = resolveTinybench(join(root, suite.dir))
    return found.ok ? ok(found.value.version) : found
  },

  // It can't be split: parts would be measured beside each other.

  prepare: async (suite, context, part = {}) => {
    const cwd = resolve(context.root, suite.dir)
    const tinybench = resolveTinybench(cwd)
    if (!tinybench.ok) return tinybench
    const files = await filesOf(suite, context, part)
    if (!files.ok) return files
    const spec = suite.runner as TinybenchSpec
    const args = nodeArgs(cwd, files.value, spec.nodeOptions)
    if (!args.ok) return args
    const prefix = spec.pin ? oneCore(context.env['PATH']) : []
    const input: BenchInput = {
      root: context.root,
      cwd,
      files: files.value,
      tinybench: tinybench.value.entry,
      nodeArgs: args.value,
      prefix: prefix ?? [],
      spec,
    }
    return ok(program(suite, input, prefix === undefined ? [NO_PINNING] : []))
  },
}

const NO_PINNING = 'The benchmarks are not held to one core: there is no taskset on this machine.'

async function filesOf(
  suite: Suite,
  { root }: RunnerContext,
  { files, cases }: UnitPart,
): Promise<Result<readonly string[], PrepareProblem>> {
  const cwd = resolve(root, suite.dir)
  const all = await findFiles(cwd, suite.include, suite.exclude)
  if (all.length === 0) {
    const message = `No bench file matches ${suite.include.join(', ')} in ${cwd}.`
    return err({ type: 'no-files', message })
  }
  const wanted = files ?? cases?.flatMap(({ file }) => file ?? [])
  // What can't be told apart by file is measured whole.
  if (wanted === undefined || wanted.length === 0) return ok(all)
  return ok(all.filter((file) => wanted.includes(workspacePath(root, file))))
}

const program = (suite: Suite, input: BenchInput, notes: readonly string[]): InProcessProgram => ({
  type: 'in-process',
  cwd: input.cwd,
  entry: siblingModule(import.meta.url, 'unit-entry'),
  input,
  nodeOptions: [],
  ownProcess: true,
  reproduce: `npx muster run --target bench --suites ${suite.id} --skip-cache`,
  ...(notes.length > 0 && { notes }),
})
