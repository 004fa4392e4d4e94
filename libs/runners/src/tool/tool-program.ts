import { posix } from 'node:path'
import type { Suite } from '@muster/model'
import type { InProcessProgram, RunnerContext } from '../runner.ts'
import { shellWord } from '../shell-word.ts'
import { siblingModule } from '../sibling-module.ts'
import type { ToolInput } from './tool-input.ts'

/** The program of a tool in a suite's folder. `typed` is its command as a person would type it there. */
export function toolProgram(
  suite: Suite,
  { root }: RunnerContext,
  tool: Omit<ToolInput, 'cwd'>,
  typed: readonly string[],
  notes: readonly string[] = [],
): InProcessProgram {
  const cwd = posix.join(root, suite.dir)
  const words = typed.map(shellWord).join(' ')
  return {
    type: 'in-process',
    cwd,
    entry: siblingModule(import.meta.url, 'tool-entry'),
    input: { ...tool, cwd } satisfies ToolInput,
    nodeOptions: [],
    ownProcess: true,
    reproduce: suite.dir === '.' ? words : `(cd ${shellWord(suite.dir)} && ${words})`,
    ...(notes.length > 0 && { notes }),
  }
}
