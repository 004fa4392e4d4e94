import { loadQuarantine, takeFromQuarantine } from '@muster/graph/quarantine'
import { QUARANTINE_FILE } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'
import { quoted } from './quarantine-words.ts'

export async function quarantineRemove(suite: string, caseName: string | undefined): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const key = { suite, ...(caseName !== undefined && { case: caseName }) }
  const done = await takeFromQuarantine(root, key)
  if (!done.ok) return fail(EXIT.environment, `muster: ${done.error.message}`)
  if (done.value === 'removed') {
    console.log(
      `${quoted(suite, caseName)} is out of quarantine: its failures count again. Commit ${QUARANTINE_FILE}.`,
    )
    return EXIT.passed
  }
  const { entries } = await loadQuarantine(root)
  const others = entries.filter((entry) => entry.suite === suite)
  const hint = others.map((entry) => `\n  ${quoted(entry.suite, entry.case)}`).join('')
  return fail(
    EXIT.usage,
    `muster: ${quoted(suite, caseName)} is not in quarantine${hint && `; what is of this suite:${hint}`}`,
  )
}
