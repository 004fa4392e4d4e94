import { hasErrors } from '@muster/graph'
import { formatDiagnostic, isExpired, loadQuarantine } from '@muster/graph/quarantine'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { table } from '../table.ts'
import { fail } from './history-open.ts'

/** Exit code 1 when an entry has run out, 2 when the file is broken: CI can hold a team to its word. */
export async function quarantineList({ json }: { readonly json?: boolean }): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const now = Date.now()
  const { entries, diagnostics } = await loadQuarantine(root, now)
  for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic))
  const listed = entries.map((entry) => Object.assign({ expired: isExpired(entry, now) }, entry))
  const expired = listed.filter((entry) => entry.expired).length
  if (json === true) console.log(JSON.stringify({ entries: listed }, null, 2))
  else if (listed.length === 0) console.log('Nothing is in quarantine.')
  else {
    const rows = listed.map((entry) => [
      entry.expired ? `${entry.until} EXPIRED` : entry.until,
      entry.owner,
      entry.suite,
      entry.case ?? '(all)',
      entry.reason,
    ])
    console.log(table(['UNTIL', 'OWNER', 'SUITE', 'CASE', 'REASON'], rows))
    if (expired > 0)
      console.log(
        `\n${expired} expired: failures count again. Mend and remove (npx muster quarantine remove), or add anew with a reason.`,
      )
  }
  if (hasErrors(diagnostics)) return EXIT.usage
  return expired > 0 ? EXIT.failed : EXIT.passed
}
