import { randomBytes } from 'node:crypto'
import { isAlive, journalFile, loadRecord, readOpenMarker } from '@muster/engine'
import { runId, type RunId, type RunRecord } from '@muster/model'
import { openReporter, type Reporter } from '@muster/report'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { followJournal } from '../run/follow-journal.ts'
import { findNx, startNx, type NxOutcome } from '../run/nx-process.ts'
import { chooseSuites } from '../run/choose-suites.ts'

export interface RunCommandOptions {
  readonly suites?: readonly string[]
  readonly affected?: boolean
  readonly base?: string
  readonly head?: string
  readonly target: string
  readonly workers?: number
  readonly timeout?: number
  readonly environment: string
  readonly failFast?: boolean
  readonly skipCache?: boolean
  readonly reports: boolean
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
  const chosen = options.suites && (await chooseSuites(root, options.suites))
  if (chosen?.folders.length === 0) return EXIT.usage

  const id = runId(new Date(), randomBytes(3).toString('hex'))
  const reporter = await openReporterFor(options, root)
  const follower = followJournal(journalFile(root, id), (event) => reporter?.accept(event))
  const process_ = startNx(nx, nxArguments(options, chosen?.folders), {
    root,
    env: nxEnvironment(options, id),
    show: options.verbose === true,
  })
  process.on('SIGINT', staying)
  process.on('SIGTERM', () => process_.child.kill('SIGTERM'))
  const outcome = await process_.done
  await coordinatorGone(root, id)
  follower.finish()
  process.off('SIGINT', staying)

  const record = await loadRecord(root, id)
  reporter?.close(record)
  if (options.json === true && record) console.log(JSON.stringify(record))
  const code = exitCode(record, outcome, options)
  return chosen !== undefined && chosen.unknown > 0 ? Math.max(code, EXIT.usage) : code
}

/** Nx and its children share the terminal's process group and got the signal too; we stay for the summary. */
const staying = (): void => undefined

async function openReporterFor(options: RunCommandOptions, root: string): Promise<Reporter | undefined> {
  if (options.json === true) return undefined
  const common = {
    stream: process.stdout,
    env: process.env,
    root,
    now: Date.now,
    ...(!options.reports && { report: null }),
  }
  const reporter = await openReporter(common)
  return options.quiet === true ? { accept: () => {}, close: (record) => reporter.close(record) } : reporter
}

function nxArguments(options: RunCommandOptions, folders: readonly string[] | undefined): string[] {
  return [
    options.affected === true ? 'affected' : 'run-many',
    '-t',
    options.target,
    // By folder, since a suite inside an existing project goes by that project's name.
    ...(folders ? [`--projects=${folders.map((folder) => `directory:${folder}`).join(',')}`] : []),
    ...(options.base === undefined ? [] : [`--base=${options.base}`]),
    ...(options.head === undefined ? [] : [`--head=${options.head}`]),
    ...(options.skipCache === true ? ['--skip-nx-cache'] : []),
    '--output-style=static',
  ]
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
    ...(options.failFast === true && { MUSTER_FAIL_FAST: 'true' }),
    ...(!options.reports && { MUSTER_REPORTS: 'false' }),
  }
}

/** After a stop the coordinator still cleans up and writes the record; it closes its run within seconds. */
async function coordinatorGone(root: string, id: RunId): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const open = await readOpenMarker(root, id)
    if (!open || !isAlive(open.pid)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function exitCode(record: RunRecord | undefined, nx: NxOutcome, options: RunCommandOptions): number {
  if (!record) {
    if (nx.code === 0) {
      console.error('muster: no suite to run.')
      return EXIT.passed
    }
    if (nx.signal !== null || nx.code === 130) return EXIT.aborted
    if (options.verbose !== true) process.stderr.write(nx.output)
    return fail(
      EXIT.environment,
      `muster: nx ended with code ${nx.code} before any suite ran; its words are above.`,
    )
  }
  switch (record.verdict) {
    case 'passed':
      if (nx.code === 0) return EXIT.passed
      if (options.verbose !== true) process.stderr.write(nx.output)
      return fail(
        EXIT.failed,
        `muster: every suite passed, but nx ended with code ${nx.code}: another task failed (its words are above).`,
      )
    case 'failed':
      return EXIT.failed
    case 'error':
      return EXIT.environment
    case 'aborted':
      return EXIT.aborted
  }
}

function fail(code: number, message: string): number {
  console.error(message)
  return code
}
