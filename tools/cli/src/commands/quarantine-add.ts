import { historyFile } from '@muster/engine'
import { closest } from '@muster/graph'
import { putInQuarantine } from '@muster/graph/quarantine'
import { openHistory } from '@muster/history'
import { dayOf, QUARANTINE_FILE } from '@muster/model'
import { loadWorkspaceSuites } from '@muster/nx/why'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'
import { fail } from './history-open.ts'
import { quoted, untilDay } from './quarantine-words.ts'

export interface QuarantineAddOptions {
  readonly owner: string
  readonly reason: string
  readonly until: string
  readonly force?: boolean
}

/** Runs in which a case is looked for. */
const LOOK_BACK = 50

export async function quarantineAdd(
  suite: string,
  caseName: string | undefined,
  { owner, reason, until, force }: QuarantineAddOptions,
): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  const now = Date.now()
  const day = untilDay(until, now)
  if (!day.ok) return fail(EXIT.usage, `muster: --until: ${day.error}`)
  for (const [option, text] of Object.entries({ owner, reason }))
    if (text.trim() === '') return fail(EXIT.usage, `muster: --${option} is empty`)
  const problem = force === true ? undefined : await unknownName(root, suite, caseName)
  if (problem !== undefined)
    return fail(EXIT.usage, `muster: ${problem}\n(--force puts it into quarantine all the same)`)
  const done = await putInQuarantine(root, {
    suite,
    ...(caseName !== undefined && { case: caseName }),
    owner,
    reason,
    until: day.value,
    added: dayOf(now),
  })
  if (!done.ok) return fail(EXIT.environment, `muster: ${done.error.message}`)
  const what = done.value === 'added' ? 'is in quarantine' : 'stays in quarantine'
  console.log(
    `${quoted(suite, caseName)} ${what} through ${day.value} (UTC): it runs, but its failures don't count.`,
  )
  console.log(`Commit ${QUARANTINE_FILE}, so that it holds for everybody.`)
  return EXIT.passed
}

async function unknownName(
  root: string,
  suite: string,
  caseName: string | undefined,
): Promise<string | undefined> {
  const { parsed } = await loadWorkspaceSuites(root)
  const suites = parsed.flatMap(({ name }) => name ?? [])
  if (!suites.includes(suite)) return `there is no suite "${suite}"${didYouMean(suite, suites)}`
  if (caseName === undefined) return undefined
  const cases = await casesOf(root, suite)
  if (cases.includes(caseName)) return undefined
  if (cases.length === 0)
    return `no run has recorded test cases of ${suite} yet, so that the name can't be checked`
  return `no test case of ${suite} is named "${caseName}"${didYouMean(caseName, cases)}`
}

async function casesOf(root: string, suite: string): Promise<readonly string[]> {
  const opened = await openHistory({ file: historyFile(root) })
  if (!opened.ok) return []
  const cases = await opened.value.suiteCases(suite, { runs: LOOK_BACK })
  await opened.value.close()
  return cases.ok ? [...new Set(cases.value.map(({ name }) => name))] : []
}

/** What is spelt alike, or the one name that holds the text. */
function didYouMean(text: string, names: readonly string[]): string {
  const holding = names.filter((name) => name.includes(text))
  const meant = closest(text, names) ?? (holding.length === 1 ? holding[0] : undefined)
  return meant === undefined ? '' : `; did you mean "${meant}"?`
}
