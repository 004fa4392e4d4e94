import { randomBytes } from 'node:crypto'
import { runId, type Objective, type RunId } from '@muster/model'
import type { NxOrder } from '@muster/nx/run-nx'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import type { ChosenSuites } from '../run/choose-suites.ts'
import { findNx, startNx, type NxOutcome } from '../run/nx-process.ts'

export interface RunCommandOptions {
  readonly suites?: readonly string[]
  readonly affected?: boolean
  readonly base?: string
  readonly head?: string
  readonly target: string
  readonly workers?: number
  readonly timeout?: number
  readonly environment: string
  readonly objective?: Objective
  /** Milliseconds. */
  readonly budget?: number
  /** Only the test cases that failed last time. */
  readonly failed?: boolean
  readonly retries?: number
  readonly failFast?: boolean
  readonly skipCache?: boolean
  readonly reports: boolean
  readonly coverage: boolean
  readonly quiet?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

export async function run(options: RunCommandOptions): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  if (options.environment !== 'local') {
    return fail(EXIT.usage, `muster: environment "${options.environment}" is not supported yet; "local" is.`)
  }
  const nx = findNx(root)
  if (nx === undefined)
    return fail(
      EXIT.environment,
      'muster: nx is not installed in this workspace. Install it: npm install -D nx',
    )
  const chosen = await chooseFor(root, options)
  if (chosen?.folders.length === 0) return chosen.unknown > 0 ? EXIT.usage : EXIT.passed

  const startedAt = Date.now()
  const id = runId(new Date(startedAt), randomBytes(3).toString('hex'))
  const order = nxOrder(root, nx, options, chosen?.folders)
  const env = nxEnvironment(options, id)
  const code =
    (await answerUnasked({ order, env, id, startedAt, options })) ??
    (await askNx({ order, env, id, startedAt, options }))
  return chosen !== undefined && chosen.unknown > 0 ? Math.max(code, EXIT.usage) : code
}

interface Started {
  readonly order: NxOrder
  readonly env: NodeJS.ProcessEnv
  readonly id: RunId
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly options: RunCommandOptions
}

/** Undefined when Nx has to be asked. */
async function answerUnasked({ order, env, id, startedAt, options }: Started): Promise<number | undefined> {
  const { finishStillTrue, stillTrue } = await import('@muster/nx/up-to-date')
  const answered = stillTrue(order)
  if (!answered || !(await finishStillTrue(answered, { order, env, startedAt }))) return undefined
  const { watchRun } = await import('../run/watch-run.ts')
  return watchRun(Promise.resolve(CONTENT), { ...options, root: order.root, id })
}

const CONTENT: NxOutcome = { code: 0, signal: null, output: '' }

async function askNx({ order, env, id, startedAt, options }: Started): Promise<number> {
  const { root } = order
  const nxProcess = startNx(order, { env, show: options.verbose === true })
  // Imported while Nx boots: together they cost as much as a cached run of Nx's own work.
  const { headStart } = await import('@muster/nx/head-start')
  const { pid } = nxProcess.child
  if (pid !== undefined)
    headStart({ root, pid, ...(options.workers !== undefined && { workers: options.workers }) })
  const { isRepeatable, remember, stampBefore } = await import('@muster/nx/up-to-date')
  const before = isRepeatable(order) ? stampBefore(order) : undefined
  const { watchRun } = await import('../run/watch-run.ts')
  const code = await watchRun(nxProcess.done, { ...options, root, id })
  if (code === EXIT.passed && before) remember(order, id, before, startedAt)
  return code
}

function nxOrder(
  root: string,
  nx: string,
  { target, affected = false, base, head, skipCache = false, failed = false }: RunCommandOptions,
  folders: readonly string[] | undefined,
): NxOrder {
  return {
    root,
    nx,
    target,
    affected,
    skipCache,
    overrides: failed ? ['--failed'] : [],
    // By folder, since a suite inside an existing project goes by that project's name.
    ...(folders && { projects: folders.map((folder) => `directory:${folder}`) }),
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head }),
  }
}

/**
 * Isolated plugins cost a process each and about a second a command; Muster's plugin needs none of it. Who
 * sets these variables already keeps them.
 */
function nxEnvironment(options: RunCommandOptions, id: RunId): NodeJS.ProcessEnv {
  return {
    NX_ISOLATE_PLUGINS: 'false',
    NX_LEGACY_AFFECTED: 'false',
    ...process.env,
    NX_TUI: 'false',
    // In the daemon the hook that ends the run would not see what is said here.
    NX_DAEMON: 'false',
    MUSTER_CLI: 'true',
    MUSTER_RUN_ID: id,
    MUSTER_COMMAND: ['muster', ...process.argv.slice(2)].join(' '),
    ...(options.workers !== undefined && { MUSTER_WORKERS: String(options.workers) }),
    ...(options.timeout !== undefined && { MUSTER_TIMEOUT_MS: String(options.timeout) }),
    ...(options.objective !== undefined && { MUSTER_OBJECTIVE: options.objective }),
    ...(options.budget !== undefined && { MUSTER_BUDGET_MS: String(options.budget) }),
    ...(options.retries !== undefined && { MUSTER_RETRIES: String(options.retries) }),
    ...(options.failFast === true && { MUSTER_FAIL_FAST: 'true' }),
    ...(!options.reports && { MUSTER_REPORTS: 'false' }),
    ...(!options.coverage && { MUSTER_COVERAGE: 'false' }),
  }
}

/** Undefined: all suites. */
async function chooseFor(
  root: string,
  { suites, failed }: RunCommandOptions,
): Promise<ChosenSuites | undefined> {
  if (suites === undefined && failed !== true) return undefined
  const { chooseSuites, chooseFailed } = await import('../run/choose-suites.ts')
  return failed === true ? chooseFailed(root, suites) : chooseSuites(root, suites ?? [])
}

function fail(code: number, message: string): number {
  console.error(message)
  return code
}
