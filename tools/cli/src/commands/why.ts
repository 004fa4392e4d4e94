import { listRuns, loadRecord } from '@muster/engine'
import type { RunRecord, SuiteRecord } from '@muster/model'
import { compareInputs, inputsNow, readInputs, type InputChanges } from '@muster/nx/why'
import { EXIT } from '../exit-codes.ts'
import { findWorkspace, NO_WORKSPACE } from '../find-workspace.ts'

/** How many runs back a suite is looked for. */
const LOOK_BACK = 20
/** How many files of a kind are named before "and N more". */
const NAMED = 15

export async function why(suite: string, options: { json?: boolean }): Promise<number> {
  const root = findWorkspace()
  if (root === undefined) return fail(EXIT.usage, NO_WORKSPACE)
  process.env['NX_ISOLATE_PLUGINS'] ??= 'false'
  const last = await lastRecord(root, suite)
  const manifest = readInputs(root, suite)
  const now = await inputsNow(root, suite)
  if (!now && !last)
    return fail(EXIT.usage, `muster: there is no suite "${suite}". \`npx muster plan\` lists them.`)
  const ranBecause = manifest?.previous && compareInputs(manifest.previous, manifest.current)
  const sinceThen = manifest && now && compareInputs(manifest.current, now)
  if (options.json === true) {
    console.log(
      JSON.stringify(
        { suite, last: last?.suite ?? null, run: last?.run.runId ?? null, ranBecause, sinceThen },
        null,
        2,
      ),
    )
    return EXIT.passed
  }
  console.log([...lastLines(suite, last, ranBecause), ...orderLines(last)].join('\n'))
  const sameHash = manifest?.current.hash === now?.hash
  console.log(nextLines(now !== undefined, sinceThen, sameHash, last?.suite).join('\n'))
  return EXIT.passed
}

interface LastRecord {
  readonly run: RunRecord
  readonly suite: SuiteRecord
}

async function lastRecord(root: string, name: string): Promise<LastRecord | undefined> {
  for (const id of (await listRuns(root)).slice(-LOOK_BACK).toReversed()) {
    const run = await loadRecord(root, id)
    const suite = run?.suites.find((each) => each.name === name)
    if (run && suite) return { run, suite }
  }
  return undefined
}

function lastLines(name: string, last: LastRecord | undefined, because: InputChanges | undefined): string[] {
  if (!last) return [`${name} has not run here yet.`]
  const { run, suite } = last
  const when = `${new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' ')} (${run.runId}, ${run.command})`
  if (suite.cached && suite.from) {
    const source = suite.from.source === 'journal' ? 'a run that was cut off' : "Nx's cache"
    return [
      `${name} was answered from ${source}, ${when}:`,
      `  its inputs have the hash ${suite.hash ?? 'unknown'}, under which its ${suite.tests} test(s) passed in run ${suite.from.runId}.`,
    ]
  }
  if (suite.status === 'skipped' || suite.attempts.length === 0)
    return [`${name} did not run, ${when}:`, `  ${suite.message ?? suite.status}`]
  const rejected = run.notes.find(
    (note) => note.suite === name && note.message.startsWith('cached result not believed'),
  )
  const lines = [`${name} ran and ${suite.status}, ${when}:`]
  if (rejected) return [...lines, `  ${rejected.message}`]
  if (!because)
    return [
      ...lines,
      '  no earlier run with known inputs to compare with: there was nothing to answer it from.',
    ]
  const changes = changeLines(because)
  return changes.length > 0
    ? [...lines, '  since the run before:', ...changes]
    : [
        ...lines,
        '  its inputs are those of the run before, which did not pass, or the cache was cleared or skipped.',
      ]
}

/** Why it ran when it ran. */
function orderLines(last: LastRecord | undefined): string[] {
  const { plan = null, units = [] } = last?.suite ?? {}
  if (plan === null) return []
  const { score, phase, estimateMs } = plan
  const shards = units.length > 1 ? ` in ${units.length} shards` : ''
  const parts = score.parts
    .filter(({ value }) => Math.abs(value) >= 0.05)
    .map(({ name, value, why: reason }) => `    ${value.toFixed(1).padStart(6)}  ${name}: ${reason}`)
  return [
    `  phase ${phase + 1}, expected to take ${(estimateMs / 1000).toFixed(2)} s${shards}; its score was ${score.total.toFixed(1)}:`,
    ...parts,
  ]
}

function nextLines(
  exists: boolean,
  changes: InputChanges | undefined,
  sameHash: boolean,
  last: SuiteRecord | undefined,
): string[] {
  if (!exists) return ['It is declared no longer.']
  if (!changes) return ['Now: it would run, unless a cache that others fill has its result.']
  const doubt = last && doubtfulPass(last)
  if (sameHash && doubt !== undefined)
    return [`Now: nothing has changed since, but it would run again: ${doubt}.`]
  if (sameHash && last?.status === 'passed')
    return ['Now: nothing has changed since; it would be answered from the cache.']
  if (sameHash) return ['Now: nothing has changed since, but only passes are cached: it would run again.']
  return ['Now: it would run again, since then:', ...changeLines(changes)]
}

/** Why a pass isn't believed when a cache brings it back, unless the suite's policy believes it. */
function doubtfulPass({ status, unstable, flaky, quarantined, notRerun }: SuiteRecord): string | undefined {
  if (status !== 'passed') return undefined
  if (notRerun > 0) return 'only test cases that had failed were run'
  if (quarantined > 0) return 'some of its failures are in quarantine'
  return unstable || flaky > 0 ? 'it passed only after a failure' : undefined
}

function changeLines({ changed, added, removed, other }: InputChanges): string[] {
  return [
    ...named('changed', changed),
    ...named('added', added),
    ...named('removed', removed),
    ...named('differs', other),
  ]
}

function named(word: string, names: readonly string[]): string[] {
  const lines = names.slice(0, NAMED).map((name) => `    ${word.padEnd(8)} ${name}`)
  return names.length > NAMED ? [...lines, `    … and ${names.length - NAMED} more ${word}`] : lines
}

function fail(code: number, message: string): number {
  console.error(message)
  return code
}
