/*
 * What Nx hands to a batch implementation and takes back, as far as we use it. Nx 22.7 to 24 agree on it but
 * for `dependencies`, which holds ids in 22 and 23 and objects in 24.
 */
export interface BatchTaskGraph {
  readonly tasks: Readonly<Record<string, BatchTask>>
  readonly dependencies: Readonly<Record<string, readonly (string | { readonly id: string })[]>>
}

export interface BatchTask {
  readonly id: string
  readonly outputs?: readonly string[]
  readonly target: { readonly project: string; readonly target: string; readonly configuration?: string }
}

export interface BatchTaskResult {
  readonly success: boolean
  readonly status: 'success' | 'failure' | 'skipped'
  readonly terminalOutput: string
  readonly startTime: number
  readonly endTime: number
}

export const dependenciesOf = (graph: BatchTaskGraph, task: string): string[] =>
  (graph.dependencies[task] ?? []).map((each) => (typeof each === 'string' ? each : each.id))
