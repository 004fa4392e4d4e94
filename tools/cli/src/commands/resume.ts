import { closeRun, listRuns, loadRecord, wasCutOff } from '@muster/engine'
import { isRunId, type RunId, type RunRecord } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { run as startRun } from './run.ts'

/**
 * Runs the suites of a run that was cut off. What passed in it is answered from its journal, if its content is the
 * same still; that holds for any later run, so this only remembers what was asked for.
 */
export async function resume(id: string | undefined, options: { workers?: number }): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(NO_WORKSPACE)
  if (id !== undefined && !isRunId(id))
    return fail(`muster: "${id}" is no run id; \`npx muster history\` lists them.`)
  const chosen = await cutOffRun(root, id)
  if (typeof chosen === 'string') return fail(chosen)
  const passed = chosen.suites.filter(({ status }) => status === 'passed').length
  console.log(
    `Resuming ${chosen.runId} (${chosen.command}): ${passed} of its ${chosen.suites.length} suites had passed.`,
  )
  const code = await startRun({
    suites: chosen.suites.map(({ name }) => name),
    target: 'test',
    environment: 'local',
    reports: true,
    coverage: true,
    ...(options.workers !== undefined && { workers: options.workers }),
  })
  // All of it was asked for again: there is nothing left to resume.
  if (code !== EXIT.aborted && code !== EXIT.environment) closeRun(root, chosen.runId as RunId)
  return code
}

/** The record, or why there is none to resume. */
async function cutOffRun(root: string, id: RunId | undefined): Promise<RunRecord | string> {
  const runs = (await listRuns(root)).toReversed()
  if (id !== undefined && !runs.includes(id)) return `muster: there is no run ${id} in this workspace.`
  for (const run of id === undefined ? runs : [id]) {
    if (!(await wasCutOff(root, run))) continue
    const record = await loadRecord(root, run)
    if (record && record.suites.length > 0) return record
  }
  return id === undefined
    ? 'muster: no run was cut off; there is nothing to resume.'
    : `muster: run ${id} was not cut off; there is nothing to resume.`
}

function fail(message: string): number {
  console.error(message)
  return EXIT.usage
}
