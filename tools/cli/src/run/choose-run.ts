import { listRuns } from '@muster/engine'
import type { RunId } from '@muster/model'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'

/** The run that was asked for, by id or its beginning, else the newest. What is wrong is said. */
export async function chooseRun(
  wanted: string | undefined,
): Promise<{ root: string; run: RunId } | undefined> {
  const root = findWorkspace()
  if (root === undefined) {
    console.error(NO_WORKSPACE)
    return undefined
  }
  const runs = await listRuns(root)
  const run = wanted === undefined ? runs.at(-1) : runs.findLast((each) => each.startsWith(wanted))
  if (run !== undefined) return { root, run }
  const known = runs.slice(-5).toReversed().join(', ')
  console.error(
    wanted === undefined
      ? 'muster: there is no run yet. Start one: npx muster run'
      : `muster: no run "${wanted}"${known === '' ? '; there is none yet' : `; the newest are ${known}`}.`,
  )
  return undefined
}
