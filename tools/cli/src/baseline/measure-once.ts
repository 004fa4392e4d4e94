import { randomBytes } from 'node:crypto'
import { isAlive, loadRecord, readOpenMarker } from '@muster/engine'
import { err, ok, runId, type Result, type RunId, type RunRecord } from '@muster/model'
import { findNx, startNx } from '../run/nx-process.ts'
import type { MeasuredSuite } from './measured-suites.ts'
import { targetsOf } from './targets-of.ts'

export interface MeasureOptions {
  /** Nx's target of suites of kind performance, and of all others; default: as the workspace's nx.json names them. */
  readonly target?: string
  readonly testTarget?: string
  readonly skipCache: boolean
  readonly isStopped: () => boolean
  /** The folder is a checkout that goes away again: what the environment says of Nx's caches is not of it. */
  readonly isCheckout?: boolean
}

export const STOPPED = 'stopped'

/** Runs the suites through Nx, and gives the records; the error is for people. */
export async function measureOnce(
  root: string,
  suites: readonly MeasuredSuite[],
  options: MeasureOptions,
): Promise<Result<readonly RunRecord[], string>> {
  const nx = findNx(root)
  if (nx === undefined) return err(`nx is not installed in ${root}. Install it: npm install -D nx`)
  const { skipCache, isStopped, isCheckout } = options
  const { target, testTarget } = targetsOf(root, options)
  const records: RunRecord[] = []
  for (const [name, chosen] of [
    [target, suites.filter(({ kind }) => kind === 'performance')],
    [testTarget, suites.filter(({ kind }) => kind !== 'performance')],
  ] as const) {
    if (chosen.length === 0) continue
    const id = runId(new Date(), randomBytes(3).toString('hex'))
    const projects = chosen.map(({ dir }) => `directory:${dir}`)
    const order = { root, nx, target: name, affected: false, skipCache, overrides: [], projects }
    const env = {
      NX_ISOLATE_PLUGINS: 'false',
      ...process.env,
      ...(isCheckout && { NX_CACHE_DIRECTORY: undefined, NX_WORKSPACE_DATA_DIRECTORY: undefined }),
      NX_TUI: 'false',
      NX_DAEMON: 'false',
      MUSTER_CLI: 'true',
      MUSTER_RUN_ID: id,
      MUSTER_COMMAND: ['muster', ...process.argv.slice(2)].join(' '),
    }
    const outcome = await startNx(order, { env, show: false }).done
    await closed(root, id)
    if (isStopped()) return err(STOPPED)
    const record = await loadRecord(root, id)
    if (!record)
      return err(
        `target "${name}" ran no suite. If another target or a script of that name hides it: --target ${name}-suite. Nx said:\n${outcome.output.trim()}`,
      )
    records.push(record)
  }
  return ok(records)
}

/** The coordinator writes the record after Nx has ended, within seconds. */
async function closed(root: string, id: RunId): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const open = await readOpenMarker(root, id)
    if (!open || !isAlive(open.pid)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
