import { diffCoverage, readChanges, writeCoverageReports, type DiffCoverage } from '@muster/coverage'
import { coverageReportDir, loadRecord, loadRunCoverage, type RunCoverage } from '@muster/engine'
import { ok, type Result } from '@muster/model'
import { readCoverageOptions } from '@muster/nx/coverage'
import path from 'node:path'
import { coverageTable, diffText, missedText } from '../coverage/coverage-text.ts'
import { missedOf, unknownProjects } from '../coverage/missed.ts'
import { EXIT } from '../exit-codes.ts'
import { chooseRun } from '../run/choose-run.ts'

export interface CoverageCommandOptions {
  /** A commit, whose changes up to the working tree are looked at. */
  readonly diff?: string
  readonly json?: boolean
  /** Where the reports go. */
  readonly html?: string
}

type Diff = DiffCoverage & { readonly revision: string }

/** What a run's suites cover, held against the thresholds of nx.json. */
export async function coverage(wanted: string | undefined, options: CoverageCommandOptions): Promise<number> {
  const chosen = await chooseRun(wanted)
  if (!chosen) return EXIT.usage
  const { root, run } = chosen
  const record = await loadRecord(root, run)
  const found = record && (await loadRunCoverage(root, record))
  if (!found) {
    return fail(
      `run ${run} has no coverage. A suite collects it when its suite.json says "coverage": true, one without a suite.json when nx.json says "coverage": { "adopted": true }, and none with --no-coverage.`,
    )
  }
  const asked = readCoverageOptions(root)
  if (!asked.ok) return fail(asked.error)
  const diff = await diffOf(root, options.diff, found)
  if (!diff.ok) return fail(`what changed since ${options.diff} can't be told: ${diff.error}`)

  const dir = options.html === undefined ? coverageReportDir(root) : path.resolve(options.html)
  const changes = diff.value && { diff: diff.value }
  const unwritten = await problemOf(
    writeCoverageReports({ ...found, root, dir, title: `run ${run}`, ...changes }),
  )
  if (unwritten !== undefined) console.error(`muster: the report can't be written: ${unwritten}`)
  const missed = missedOf(asked.value, found.record, diff.value)
  for (const { suite, reason } of found.lost)
    console.error(`muster: the coverage of ${suite} is lost: ${reason}`)
  for (const name of unknownProjects(asked.value, found.record))
    console.error(`muster: nx.json asks for coverage of ${name}, but no suite of this run covers it`)
  if (options.json === true) {
    console.log(JSON.stringify({ runId: run, ...found.record, missed, ...changes }, null, 2))
  } else {
    console.log(coverageTable(found.record))
    if (diff.value) console.log(`\n${diffText(diff.value, diff.value.revision)}`)
    if (unwritten === undefined)
      console.log(`\nReport: ${path.relative(process.cwd(), path.join(dir, 'index.html'))}`)
    for (const each of missed) console.log(missedText(each))
  }
  if (missed.length > 0 || found.lost.length > 0) return EXIT.failed
  return unwritten === undefined ? EXIT.passed : EXIT.environment
}

/** What the disk has against it. */
const problemOf = (writing: Promise<void>): Promise<string | undefined> =>
  writing.then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  )

async function diffOf(
  root: string,
  revision: string | undefined,
  { coverage: files }: RunCoverage,
): Promise<Result<Diff | undefined, string>> {
  if (revision === undefined) return ok(undefined)
  const changed = await readChanges(root, revision)
  return changed.ok ? ok({ revision, ...diffCoverage(files, changed.value) }) : changed
}

function fail(message: string): number {
  console.error(`muster: ${message}`)
  return EXIT.usage
}
