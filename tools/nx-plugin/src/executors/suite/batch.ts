import { ownerProcess, type RunTally, type TaskRequest } from '@muster/engine/client'
import { dependenciesOf, type BatchTaskGraph, type BatchTaskResult } from '../../nx/batch-types.ts'
import { pluginOptions, type NxJsonLike } from '../../nx/plugin-options.ts'
import { hashTasks, type HashContext, type TaskHash } from '../../nx/hash-tasks.ts'
import { changeImpacts } from '../../nx/change-impact.ts'
import { writeInputs } from '../../nx/input-manifest.ts'
import type { InNx } from '../../nx/batch-in-nx.ts'
import { nxParent } from '../../nx/nx-process.ts'
import { isDaemonEnabled } from '../../nx/nx-state.ts'
import { runSettings } from '../run-settings.ts'
import { batchSummary, fuller } from './batch-summary.ts'
import { leaveWhenTold } from './leave-when-told.ts'
import { brokenDeclaration, requestOf } from './requests.ts'
import { RunSession } from './run-session.ts'
import { salvage } from './salvage.ts'
import { forwardSignals, wasStopped } from './signals.ts'
import type { SuiteExecutorOptions, SuiteOverrides } from './suite-options.ts'

interface BatchContext extends HashContext {
  readonly root: string
  readonly nxJsonConfiguration: NxJsonLike
  /** Set when this is not a batch worker of Nx, but the nx process itself. */
  readonly inNx?: InNx
}

/**
 * Nx's batch worker, or its place taken in the nx process of `muster run`: a thin adapter. It hands the suites to the run's coordinator process and passes
 * answers back; no test code ever runs in here.
 *
 * It returns early with what is finished when a slice of time is over: Nx writes a batch's results to its
 * cache only when the batch returns, and calls again with the rest while the coordinator goes on working.
 */
export default async function* suiteBatch(
  taskGraph: BatchTaskGraph,
  inputs: Readonly<Record<string, SuiteExecutorOptions>>,
  overrides: SuiteOverrides,
  context: BatchContext,
): AsyncGenerator<{ task: string; result: BatchTaskResult }> {
  const release = context.inNx ? (): void => undefined : guardWorker()
  const tasks = Object.keys(taskGraph.tasks)
  const requests: TaskRequest[] = []
  for (const task of tasks) {
    const options = inputs[task]
    const request =
      options &&
      requestOf(
        task,
        { ...options, ...overrides },
        (dependency) => inputs[dependency]?.suite,
        dependenciesOf(taskGraph, task),
      )
    if (request) requests.push({ ...request, outputs: taskGraph.tasks[task]?.outputs ?? [] })
    else yield { task, result: failure(brokenDeclaration(task, options)) }
  }
  if (requests.length > 0) yield* runThrough(requests, taskGraph, context)
  release()
}

async function* runThrough(
  requests: readonly TaskRequest[],
  taskGraph: BatchTaskGraph,
  context: BatchContext,
): AsyncGenerator<{ task: string; result: BatchTaskResult }> {
  const { root, nxJsonConfiguration, inNx } = context
  const owner = inNx ? ownerProcess(process.pid) : nxParent()
  const settings = owner && runSettings(root, owner, nxJsonConfiguration, inNx?.env)
  const startedAt = Date.now()
  // Hashed while the coordinator starts.
  const hashing = hashTasks(taskGraph, context)
  const session = settings && (await RunSession.start(settings, requests, inNx?.env))
  if (!session) {
    const text =
      'Muster could not start its coordinator process. See .muster/coordinator.log, and `npx muster doctor`.'
    for (const { task } of requests) yield { task, result: failure(text) }
    return
  }
  const unhook = forwardSignals(session, inNx?.stopped)
  const hashed = sendHashes(session, requests, hashing, context)
  const sliceMs = (pluginOptions(nxJsonConfiguration).sliceSeconds ?? 10) * 1000
  let tally: RunTally | undefined
  for await (const { task, soFar, ...answer } of session.answers(sliceMs)) {
    tally = fuller(tally, soFar)
    yield { task, result: { success: answer.status === 'success', ...answer } }
  }
  if (session.trouble !== undefined) {
    const text = `${session.trouble}. What had finished is kept; run the command again to finish the rest.`
    const hashes = await hashed
    for (const request of requests.filter(({ task }) => session.open.has(task))) {
      const { task } = request
      const saved = await salvage(settings, request, startedAt, hashes.get(task)?.hash)
      yield { task, result: saved ?? failure(text) }
    }
  }
  await hashed
  if (tally && process.env['MUSTER_CLI'] !== 'true' && isDaemonEnabled()) {
    console.log(batchSummary(tally, settings.reports))
  }
  unhook()
  session.close()
}

/** While the suites run; a suite that is done before its hash is known gets it later. */
async function sendHashes(
  session: RunSession,
  requests: readonly TaskRequest[],
  hashing: Promise<ReadonlyMap<string, TaskHash>>,
  context: BatchContext,
): Promise<ReadonlyMap<string, TaskHash>> {
  const hashes = await hashing
  const known: [string, TaskHash][] = []
  for (const { task, suite } of requests) {
    const hash = hashes.get(task)
    if (hash) known.push([suite.id, hash])
  }
  const facts = requests.flatMap(({ suite, task }) => {
    const inputs = hashes.get(task)
    return inputs ? [{ suite, inputs }] : []
  })
  session.sendHashes(
    Object.fromEntries(known.map(([suite, { hash }]) => [suite, hash])),
    await changeImpacts(context.root, facts, context.projectGraph),
  )
  for (const [suite, hash] of known) writeInputs(context.root, suite, hash)
  return hashes
}

function failure(text: string): BatchTaskResult {
  const now = Date.now()
  return { success: false, status: 'failure', terminalOutput: `${text}\n`, startTime: now, endTime: now }
}

/** A batch worker that ends early with code 0 is taken for success by Nx: make sure that it can't. */
function guardWorker(): () => void {
  leaveWhenTold(wasStopped)
  process.on('exit', turnRed)
  return () => process.off('exit', turnRed)
}

const turnRed = (): void => {
  process.exitCode = 1
}
