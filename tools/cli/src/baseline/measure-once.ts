import { randomBytes } from 'node:crypto'
import { isAlive, loadRecord, readOpenMarker } from '@muster/engine'
import { err, ok, runId, type Result, type RunId, type RunRecord } from '@muster/model'
import { findNx, startNx } from '../run/nx-process.ts'
import type { MeasuredSuite } from './measured-suites.ts'

export interface MeasureOptions {
  /** Nx's target of suites of kind performance, and of all others. */
  readonly target: string
  readonly testTarget: string
  readonly skipCache: boolean
}

/** Runs the suites through Nx, and gives the records; the error is for people. */
export async function measureOnce(
  root: string,
  suites: readonly MeasuredSuite[],
  { target, testTarget, skipCache }: MeasureOptions,
): Promise<Result<readonly RunRecord[], string>> {
  const nx = findNx(root)
  if (nx === undefined) return err(`nx is not installed in ${root}. Install it: npm install -D nx`)
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
      NX_TUI: 'false',
      NX_DAEMON: 'false',
      MUSTER_CLI: 'true',
      MUSTER_RUN_ID: id,
      MUSTER_COMMAND: ['muster', ...process.argv.slice(2)].join(' '),
    }
    const outcome = await startNx(order, { env, show: false }).done
    await closed(root, id)
    const record = await loadRecord(root, id)
    if (!record) return err(`nx left no record of the run:\n${outcome.output.trim()}`)
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
