import type { Json } from '../adoption/own-target.ts'
import { isRecord } from './workspace-files.ts'

export interface InheritedInputs {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Names of environment variables. */
  readonly env: readonly string[]
}

/**
 * What targets declare that a suite in their place should have, too. A suite has all files of its project among its
 * inputs, so that whatever names some of them, or leaves some out, has nothing to add.
 */
export function inheritedInputs(targets: readonly Json[]): InheritedInputs {
  const list = (field: string): unknown[] =>
    targets.flatMap((target) => (Array.isArray(target[field]) ? (target[field] as unknown[]) : []))
  const texts = (field: string): string[] => list(field).filter((each) => typeof each === 'string')
  return {
    inputs: texts('inputs').filter((each) => /^(\{workspaceRoot\}\/|\^)/.test(each)),
    outputs: texts('outputs').filter((each) => /^!?\{(workspaceRoot|projectRoot)\}\/./.test(each)),
    env: list('inputs').flatMap((each) =>
      isRecord(each) && typeof each['env'] === 'string' ? [each['env']] : [],
    ),
  }
}
