import { publishRecord } from '@muster/engine'
import type { RunId, RunRecord } from '@muster/model'
import { countVerdicts } from '@muster/report'
import { EXIT } from '../exit-codes.ts'
import { comparedRecord } from './compared-record.ts'
import { failing, toldOf, type ComparedSuite } from './compared-suite.ts'
import { comparisonTable } from './comparison-table.ts'

export interface ComparisonOutcome {
  readonly suites: readonly ComparedSuite[]
  /** Of the working tree, at least one, oldest first. */
  readonly records: readonly RunRecord[]
  /** Suites that could not be measured, and why. */
  readonly missing: readonly string[]
  /** What else people should know: a line each. */
  readonly remarks: readonly string[]
  /** A revision and its commit; absent: the committed baselines. */
  readonly against?: string
}

/** Prints what came out of a comparison, puts it into the report, and gives the exit code. */
export async function tellComparison(
  root: string,
  { suites, records, missing, remarks, against }: ComparisonOutcome,
  json: boolean,
): Promise<number> {
  const told = toldOf(suites)
  const base = against === undefined ? 'the committed baselines' : against
  if (json)
    console.log(
      JSON.stringify(
        { ...(against !== undefined && { base: against }), comparisons: told, missing, remarks },
        null,
        2,
      ),
    )
  else if (told.length > 0) {
    const table = comparisonTable(told, against === undefined ? 'BASELINE' : 'BASE')
    console.log(`${table === '' ? '' : `${table}\n\n`}${countVerdicts(told)}, against ${base}`)
  }
  for (const each of remarks) console.error(`muster: ${each}`)
  for (const each of missing) console.error(`muster: not measured: ${each}`)
  const record = comparedRecord(records, told, `Performance is compared with ${base}.`, remarks)
  const { problems } = await publishRecord(root, record.runId as RunId, record, true)
  for (const each of problems) console.error(`muster: ${each}`)
  if (!json && problems.length === 0) console.log('Report: reports/latest/index.html, summary.md')
  if (failing(suites) > 0) return EXIT.failed
  return missing.length > 0 ? EXIT.environment : EXIT.passed
}
