// Runs the same one-file mocha suites through Muster and its peers. See README.md.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchEnv } from './bench-env.ts'
import { modulesOf, whyUnavailable } from './bench-modules.ts'
import { benchTable, ratioTable, roleTable, type ContestantResult } from './bench-table.ts'
import { clearCaches, createBenchWorkspace, suiteNames } from './bench-workspace.ts'
import type { Contestant } from './contestant.ts'
import { checkHyperfine, timeOnce, type Timing } from './hyperfine.ts'
import { NX_WITH_IDLE_PLUGIN } from './idle-plugin.ts'
import { MUSTER } from './muster-contestants.ts'
import { observe, type Observation } from './observe.ts'
import { PEERS } from './peer-contestants.ts'
import { UNISOLATED } from './unisolated.ts'
import { untilQuiet } from './until-quiet.ts'

const RESULTS = fileURLToPath(new URL('../results', import.meta.url))

const { values } = parseArgs({
  options: {
    suites: { type: 'string', default: '30,100' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
})
const rounds = Number(values.rounds)
const hyperfine = await checkHyperfine({ cwd: tmpdir(), env: benchEnv() })
const contestants = await available(
  [...PEERS, NX_WITH_IDLE_PLUGIN, ...MUSTER, ...UNISOLATED].filter(({ name }) =>
    values.only.split(',').some((part) => name.includes(part)),
  ),
)
const scratch = await mkdtemp(join(tmpdir(), 'muster-bench-'))
try {
  for (const count of values.suites.split(',').map(Number)) await race(count)
} finally {
  await rm(scratch, { recursive: true, force: true })
}

async function available(all: readonly Contestant[]): Promise<Contestant[]> {
  const fit: Contestant[] = []
  for (const contestant of all) {
    const reason = await whyUnavailable(contestant)
    if (reason === undefined) fit.push(contestant)
    else console.error(`${contestant.name}: left out, ${reason}`)
  }
  return fit
}

interface Lane {
  readonly contestant: Contestant
  readonly root: string
  readonly observation: Observation
  /** Set when a run of it failed: it takes part no longer, and the bench exits with 1. */
  failure?: string
  readonly cold: Timing[]
  readonly warm: Timing[]
}

async function race(count: number): Promise<void> {
  const suites = suiteNames(count)
  const loadBefore = loadavg()[0] ?? 0
  const lanes: Lane[] = []
  for (const [index, contestant] of contestants.entries()) {
    const lane = await enter(contestant, join(scratch, `${count}-${index}`), suites)
    if (lane) lanes.push(lane)
  }
  for (let round = 1; round <= rounds; round++) {
    console.error(`${count} suites, cold round ${round} of ${rounds}`)
    for (const lane of lanes) {
      await clearCaches(lane.root, lane.contestant)
      await time(lane, lane.cold)
    }
  }
  for (let round = 1; round <= rounds; round++) {
    console.error(`${count} suites, cached round ${round} of ${rounds}`)
    // Every cache still holds the last cold round.
    for (const lane of lanes) if (lane.contestant.remembers) await time(lane, lane.warm)
  }
  await publish(
    count,
    lanes.filter(({ failure }) => failure === undefined),
    loadBefore,
  )
}

/** The first, unmeasured run also shows that the contestant really runs every suite. */
async function enter(
  contestant: Contestant,
  root: string,
  suites: readonly string[],
): Promise<Lane | undefined> {
  console.error(`${suites.length} suites, ${contestant.name}: observed run`)
  await createBenchWorkspace(root, contestant, suites, await modulesOf(contestant))
  try {
    const observation = await observe(root, contestant.command, suites)
    return { contestant, root, observation, cold: [], warm: [] }
  } catch (error) {
    drop(contestant, error)
    return undefined
  }
}

async function time(lane: Lane, into: Timing[]): Promise<void> {
  if (lane.failure !== undefined) return
  try {
    into.push(await timeOnce(lane.contestant.command, { cwd: lane.root, env: benchEnv() }))
    await untilQuiet(lane.root)
  } catch (error) {
    lane.failure = drop(lane.contestant, error)
  }
}

function drop({ name }: Contestant, error: unknown): string {
  const { message } = error as Error
  console.error(`${name}: dropped, ${message}`)
  process.exitCode = 1
  return message
}

async function publish(count: number, lanes: readonly Lane[], loadBefore: number): Promise<void> {
  const results: ContestantResult[] = lanes.map(({ contestant, cold, warm, observation }) => ({
    name: contestant.name,
    note: contestant.note,
    cold,
    warm,
    observation,
  }))
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}, hyperfine ${hyperfine}`
  const load = `load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`
  console.log(`\n## ${count} suites, medians of ${rounds} (range)\n\n${machine}; ${load}\n`)
  console.log(`${benchTable(results)}\n\n${ratioTable(results)}\n\n${roleTable(results)}\n`)
  await mkdir(RESULTS, { recursive: true })
  const report = { at: new Date().toISOString(), suites: count, rounds, machine, load, results }
  await writeFile(join(RESULTS, `orchestrators-${count}.json`), `${JSON.stringify(report, null, 2)}\n`)
}
