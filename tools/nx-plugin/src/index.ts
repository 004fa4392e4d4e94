export { createNodes, createNodes as createNodesV2 } from './inference/create-nodes.ts'
export type { InferenceOptions } from './inference/inference-options.ts'
import type { PostTasksContext } from './hooks/post-tasks.ts'

export type { MusterPluginOptions } from './nx/plugin-options.ts'

export const name = '@muster/nx'

/** Ends the run: folds what ran and what Nx answered from its cache into one report. */
export async function postTasksExecution(_options: unknown, context: PostTasksContext): Promise<void> {
  // Loaded when needed: graph computation, which every nx command waits for, has no use for it.
  const { finishAfterTasks } = await import('./hooks/post-tasks.ts')
  await finishAfterTasks(context)
}
