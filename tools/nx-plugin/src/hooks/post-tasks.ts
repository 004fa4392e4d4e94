import { finishRun, type FinishOrder } from '@muster/engine'
import { ownerProcess, type CacheHit, type TaskRequest } from '@muster/engine/client'
import { runSettings } from '../executors/run-settings.ts'
import { healCacheEntry } from '../nx/heal-cache.ts'
import { nxProcessId } from '../nx/nx-process.ts'
import { isNxCloudUsed, nxCacheDir } from '../nx/nx-state.ts'
import { suiteRequest } from '../nx/suite-request.ts'
import type { NxJsonLike } from '../nx/plugin-options.ts'
import { taskFacts, writeTaskFacts, type FinishedTask } from '../up-to-date/task-facts.ts'

/** As much of Nx's PostTasksExecutionContext as is used; the same in 22.7 to 24. */
export interface PostTasksContext {
  readonly workspaceRoot: string
  readonly nxJsonConfiguration: NxJsonLike
  /** Milliseconds since the epoch. */
  readonly startTime: number
  readonly taskResults: Readonly<Record<string, { readonly status: string; readonly task: NxTask }>>
}

interface NxTask extends FinishedTask {
  readonly target: { readonly project: string; readonly target: string }
}

const CACHED: ReadonlySet<string> = new Set(['local-cache', 'local-cache-kept-existing', 'remote-cache'])
const EVIDENCE = /^\.muster\/evidence\/([^/]+)$/

/** Nx is done with all tasks: ends the run, with the suites that Nx answered from its cache in the report. */
export async function finishAfterTasks(context: PostTasksContext): Promise<void> {
  const executed: { task: string; suite: string }[] = []
  const hits: CacheHit[] = []
  for (const [id, { task, status }] of Object.entries(context.taskResults)) {
    const suite = suiteOf(task)
    if (suite === undefined) continue
    if (CACHED.has(status)) hits.push({ task: id, suite, hash: task.hash ?? '' })
    else if (status === 'success' || status === 'failure') executed.push({ task: id, suite })
  }
  if (executed.length === 0 && hits.length === 0) return
  keepFacts(context)
  const result = await finishRun(finishOrder(context, executed, hits))
  for (const { suite, hash } of result.healedHits) healCacheEntry(context.workspaceRoot, suite, hash)
  if (process.env['MUSTER_CLI'] !== 'true' && result.summary !== '') console.log(result.summary)
  if (result.brokenHits.length > 0) {
    throw new Error(
      `cached results were not believed and did not pass when run again: ${result.brokenHits.join(', ')}`,
    )
  }
}

/** For the next `muster run` of the same order. */
function keepFacts({ workspaceRoot, nxJsonConfiguration, taskResults }: PostTasksContext): void {
  const run = process.env['MUSTER_RUN_ID']
  const { NX_SKIP_NX_CACHE: skip, NX_DISABLE_NX_CACHE: disable } = process.env
  // Nx Cloud wants to hear of every run.
  if (run === undefined || isNxCloudUsed(nxJsonConfiguration) || skip === 'true' || disable === 'true') return
  writeTaskFacts(workspaceRoot, taskFacts(run, Object.values(taskResults), suiteOf, nxCacheDir()))
}

/** Our suites are known by their evidence among the outputs, without loading the project graph. */
function suiteOf(task: FinishedTask): string | undefined {
  for (const output of task.outputs ?? []) {
    const match = EVIDENCE.exec(output)
    if (match?.[1] !== undefined) return match[1].replaceAll('__', '/')
  }
  return undefined
}

function finishOrder(
  context: PostTasksContext,
  executed: FinishOrder['executed'],
  hits: readonly CacheHit[],
): FinishOrder {
  const { workspaceRoot: root, nxJsonConfiguration } = context
  const pid = nxProcessId()
  const owner = ownerProcess(pid) ?? { pid, startedAt: '' }
  const requestFor = async (hit: CacheHit): Promise<TaskRequest | undefined> => {
    const task = context.taskResults[hit.task]?.task
    return task && suiteRequest(hit.task, task.target)
  }
  const config = runSettings(root, owner, nxJsonConfiguration)
  return { config, executed, startedAt: context.startTime, hits, requestFor }
}
