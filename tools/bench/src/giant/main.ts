// One giant suite among small ones: what splitting it by files brings. See README.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { whyUnavailable } from '../bench-modules.ts'
import { suiteNames } from '../bench-workspace.ts'
import { PARALLEL, type Contestant } from '../contestant.ts'
import { giantContestants } from './giant-contestants.ts'
import { GIANT } from './giant-files.ts'
import { giantTable } from './giant-table.ts'
import { enterLane, runCold, type Lane } from './lane.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    files: { type: 'string', default: '20' },
    small: { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
  },
})
const rounds = Number(values.rounds)
// First by name, which is where the peers begin: the best place for what takes longest.
const suites = [GIANT, ...suiteNames(Number(values.small))]
const loadBefore = loadavg()[0] ?? 0
const scratch = await mkdtemp(join(tmpdir(), 'muster-giant-'))
const lanes = new Set<Lane>()
try {
  for (const contestant of giantContestants(Number(values.files))) {
    if (!values.only.split(',').some((part) => contestant.name.includes(part))) continue
    const reason = await whyUnavailable(contestant)
    if (reason !== undefined) console.error(`${contestant.name}: left out, ${reason}`)
    else await enter(contestant)
  }
  for (let round = 1; round <= rounds; round++) {
    console.error(`cold round ${round} of ${rounds}`)
    for (const lane of lanes) await take(lane)
  }
} finally {
  for (const { account } of lanes) account?.close()
  await rm(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

async function enter(contestant: Contestant): Promise<void> {
  try {
    lanes.add(await enterLane(contestant, join(scratch, contestant.name.replaceAll(/\W+/g, '-')), suites))
  } catch (error) {
    drop(contestant, error)
  }
}

/** Who fails takes part no longer. */
async function take(lane: Lane): Promise<void> {
  try {
    await runCold(lane)
  } catch (error) {
    lanes.delete(lane)
    lane.account?.close()
    drop(lane.contestant, error)
  }
}

function drop({ name }: Contestant, error: unknown): void {
  console.error(`${name}: dropped, ${(error as Error).message}`)
  process.exitCode = 1
}

const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`
const load = `load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`
console.log(
  `\n## A suite of ${values.files} files and ${values.small} small ones, ${PARALLEL} workers, medians of ${rounds} (range)\n\n${machine}; ${load}\n`,
)
console.log(giantTable([...lanes]))
