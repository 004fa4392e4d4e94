import assert from 'node:assert/strict'
import type { RunRecord } from '@muster/model'
import type { CallOptions, ScratchWorkspace } from '@muster/testkit'

export const lastRecord = (workspace: ScratchWorkspace): Promise<RunRecord> =>
  workspace.readJson('reports/latest/run.json')

/** Each suite's status, `cached` for those that were not executed. */
export const statuses = (record: RunRecord): Record<string, string> =>
  Object.fromEntries(record.suites.map((suite) => [suite.name, suite.cached ? 'cached' : suite.status]))

/** Runs `nx` and throws what it said unless it succeeds. @returns what it said */
export async function nxOk(
  workspace: ScratchWorkspace,
  args: readonly string[],
  options?: CallOptions,
): Promise<string> {
  const { code, stdout, stderr } = await workspace.nx(args, options)
  assert.equal(code, 0, `nx ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

/** The same for `muster`. */
export async function musterOk(workspace: ScratchWorkspace, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.muster(args)
  assert.equal(code, 0, `muster ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}
