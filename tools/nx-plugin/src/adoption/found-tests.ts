import type { RunnerSpec } from '@muster/model'
import type { Json, OwnTarget } from './own-target.ts'
import type { TestCommand } from './test-command.ts'

/** Tests that a project has without any suite.json. */
export interface FoundTests {
  /** The project's folder. */
  readonly root: string
  readonly project: string
  /** Whether Nx knows the project without Muster. */
  readonly existing: boolean
  readonly target: string
  /** Where they were found, workspace-relative. */
  readonly file: string
  /** Undefined when it can't be told. */
  readonly tool?: RunnerSpec['name']
  readonly state: FoundState
}

export type FoundState =
  /** Muster's, as soon as `infer` names the tool: nothing else has a say in the target. */
  | { readonly kind: 'free'; readonly command: TestCommand }
  /** The target has Muster's executor; `declare` holds fields of a suite.json. */
  | { readonly kind: 'taken-over'; readonly command?: TestCommand; readonly declare?: Json }
  /** Defined by hand, which wins over plugins; Muster could run the same. */
  | { readonly kind: 'by-hand'; readonly command: TestCommand; readonly own: OwnTarget }
  /** Not for Muster: `reason` is half a sentence. */
  | { readonly kind: 'left'; readonly reason: string; readonly own?: OwnTarget }
