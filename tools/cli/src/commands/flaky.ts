import { formatDiagnostic, loadQuarantine } from '@muster/graph/quarantine'
import { DAY_MS } from '@muster/model'
import { EXIT } from '../exit-codes.ts'
import { protect, renderFlaky } from './flaky-table.ts'
import { cannotRead, withHistory } from './history-open.ts'

export interface FlakyCommandOptions {
  readonly days: number
  readonly limit: number
  readonly json?: boolean
}

export const flaky = ({ days, limit, json }: FlakyCommandOptions): Promise<number> =>
  withHistory(async (store, root) => {
    const now = Date.now()
    const found = await store.flaky({ sinceMs: now - days * DAY_MS, limit })
    if (!found.ok) return cannotRead(found.error)
    const quarantine = await loadQuarantine(root, now)
    for (const diagnostic of quarantine.diagnostics) console.error(formatDiagnostic(diagnostic))
    const findings = protect(found.value, quarantine, now)
    if (json === true) console.log(JSON.stringify({ days, findings }, null, 2))
    else if (findings.length === 0) console.log(`Nothing flaky in the last ${days} days.`)
    else console.log(renderFlaky(findings, process.stdout.columns))
    return EXIT.passed
  })
