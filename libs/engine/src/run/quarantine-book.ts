import { existsSync } from 'node:fs'
import path from 'node:path'
import { caseName, type SuiteId, type TestCase } from '@muster/model'
import type { Quarantine } from '@muster/graph/quarantine'

/** Which failures don't count in this run. */
export interface QuarantineBook {
  /** Ask `reasonFor` after this only. */
  readonly loaded: Promise<void>
  /** For people; undefined when the failure counts. */
  reasonFor(suite: SuiteId, testCase: TestCase): string | undefined
  /** Whether some failure of the suite may not count. */
  concerns(suite: SuiteId): boolean
}

export const NO_QUARANTINE: QuarantineBook = {
  loaded: Promise.resolve(),
  reasonFor: () => undefined,
  concerns: () => false,
}

/** What is wrong with the file, and which of its entries have expired, is told; neither protects anything. */
export function openQuarantineBook(root: string, warn: (message: string) => void): QuarantineBook {
  // Most workspaces have none, and reading one takes a schema library.
  if (!existsSync(path.join(root, 'muster-quarantine.json'))) return NO_QUARANTINE
  let find: QuarantineBook['reasonFor'] | undefined
  let suites: ReadonlySet<string> = new Set()
  const load = async (): Promise<void> => {
    const { expiredOf, formatDiagnostic, loadQuarantine, quarantineOf } =
      await import('@muster/graph/quarantine')
    const quarantine: Quarantine = await loadQuarantine(root)
    const now = Date.now()
    for (const diagnostic of quarantine.diagnostics) warn(formatDiagnostic(diagnostic))
    for (const entry of expiredOf(quarantine, now)) {
      const what = entry.case === undefined ? entry.suite : `${entry.suite}: ${entry.case}`
      warn(
        `the quarantine of ${what} ended on ${entry.until} and protects nothing any more; mend it (owner: ${entry.owner}), or: npx muster quarantine remove`,
      )
    }
    suites = new Set(quarantine.entries.map(({ suite }) => suite))
    find = (suite, testCase) => quarantineOf(quarantine, suite, caseName(testCase), now)?.reason
  }
  return {
    loaded: load().catch((error: unknown) => warn(`muster-quarantine.json can't be read: ${String(error)}`)),
    reasonFor: (suite, testCase) => find?.(suite, testCase),
    concerns: (suite) => suites.has(suite),
  }
}
