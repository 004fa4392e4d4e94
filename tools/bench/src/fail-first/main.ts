// How soon a failure is told: with and without knowing which suites often fail. See README.md.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { modulesOf, whyUnavailable } from '../bench-modules.ts'
import { clearCaches, createBenchWorkspace, suiteNames } from '../bench-workspace.ts'
import { PARALLEL } from '../contestant.ts'
import { untilQuiet } from '../until-quiet.ts'
import { FAIL_FIRST, type FailFirstContestant } from './fail-first-contestants.ts'
import { failFirstTable } from './fail-first-table.ts'
import { firstFailure, type FirstFailure } from './first-failure.ts'
import { makeHistory, restoreHistory } from './make-history.ts'
import { BROKEN_FILE } from './varied-suites.ts'

const SUITES = suiteNames(40)
/** A third and three quarters of the way through the names, which is the order of some. */
const FRAGILE = ['s014', 's031'] as const
const PAST_RUNS = 4

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '6' }, only: { type: 'string', default: '' } },
})
const rounds = Number(values.rounds)
const loadBefore = loadavg()[0] ?? 0
const scratch = await mkdtemp(join(tmpdir(), 'muster-fail-first-'))
interface Lane {
  readonly contestant: FailFirstContestant
  readonly root: string
  readonly runs: FirstFailure[]
}

const lanes = new Set<Lane>()
try {
  console.error(`${PAST_RUNS} runs for the history`)
  const memory = await makeHistory(join(scratch, 'history'), SUITES, FRAGILE, PAST_RUNS)
  for (const contestant of FAIL_FIRST) {
    if (!values.only.split(',').some((part) => contestant.name.includes(part))) continue
    const reason = await whyUnavailable(contestant)
    if (reason !== undefined) {
      console.error(`${contestant.name}: left out, ${reason}`)
      continue
    }
    const root = join(scratch, String(lanes.size))
    await createBenchWorkspace(root, contestant, SUITES, await modulesOf(contestant))
    lanes.add({ contestant, root, runs: [] })
  }
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round} of ${rounds}`)
    const broken = FRAGILE[round % FRAGILE.length]!
    for (const lane of lanes) await take(lane, broken, memory)
  }
} finally {
  await rm(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Who doesn't fail as it should, or not visibly, takes part no longer. */
async function take(lane: Lane, broken: string, memory: string): Promise<void> {
  const { contestant, root, runs } = lane
  try {
    await clearCaches(root, contestant)
    if (contestant.hasHistory) await restoreHistory(root, memory)
    await writeFile(join(root, BROKEN_FILE), JSON.stringify([broken]))
    runs.push(await firstFailure(root, contestant.command, broken))
    await untilQuiet(root)
  } catch (error) {
    console.error(`${contestant.name}: dropped, ${(error as Error).message}`)
    lanes.delete(lane)
    process.exitCode = 1
  }
}

const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`
const load = `load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`
console.log(
  `\n## ${SUITES.length} suites, one of two that often fail is broken, ${PARALLEL} workers; seconds, medians of ${rounds} (range)\n\n${machine}; ${load}\n`,
)
console.log(failFirstTable([...lanes]))
