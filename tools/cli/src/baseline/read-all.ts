import type { BaselineFile } from '@muster/baselines'
import { readBaselines } from '@muster/engine/baselines'
import { err, ok, type Result } from '@muster/model'
import type { MeasuredSuite } from './measured-suites.ts'

/** The baseline files of the suites; else all that is wrong with them, so that nothing is measured in vain. */
export async function readAll(
  root: string,
  suites: readonly MeasuredSuite[],
): Promise<Result<ReadonlyMap<string, BaselineFile>, string>> {
  const read = await Promise.all(suites.map(async ({ id }) => [id, await readBaselines(root, id)] as const))
  const problems = read.flatMap(([, each]) => (each.ok ? [] : [each.error]))
  if (problems.length > 0) return err(`${problems.join('\n')}\nNothing was measured, and nothing written.`)
  return ok(new Map<string, BaselineFile>(read.flatMap(([id, each]) => (each.ok ? [[id, each.value]] : []))))
}
