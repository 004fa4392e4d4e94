import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  Conductor,
  createDispatcher,
  createSuiteLog,
  openJournal,
  openMachineSemaphores,
  openMemory,
  type SuiteRequest,
} from '@muster/engine/run'
import { journalFile, readJournal } from '@muster/engine/journal'
import { loadRecord } from '@muster/engine'
import { loadSuites, type SuiteGraph } from '@muster/graph'
import {
  runId,
  suiteId,
  type Capacity,
  type RunEvent,
  type RunId,
  type RunRecord,
  type SuiteId,
} from '@muster/model'
import { leaveEvidence } from './leave-evidence.ts'
import { MachineWatch } from './machine-watch.ts'
import { ScriptedSteps } from './scripted-steps.ts'
import { ScriptedUnits, type Done } from './scripted-units.ts'
import { DATABASE_PERMITS, type Story } from './story.ts'

export interface Told {
  readonly graph: SuiteGraph
  readonly events: readonly RunEvent[]
  readonly record: RunRecord
  /** What really ran, in the order in which it ended. */
  readonly done: readonly Done[]
  /** `name set-up` and `name tear-down` of split suites, as they were run. */
  readonly steps: readonly string[]
  readonly root: string
  readonly run: RunId
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const HASH = 'content'
/** Of waiting for nothing but the conductor. */
const PATIENCE_MS = 5000
const RUN = runId(new Date('2026-02-01T00:00:00Z'), 'bbbbbb')
const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

/** The same folder for all stories: what mocha's options are is asked once for each suite, not once for each story. */
let folder: string | undefined
after(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 })
})

/** Plays a story with the real graph, conductor, scheduler, dispatcher and journal; only the tests are scripted. */
export async function tell(story: Story, look: (told: Told) => Promise<void> | void): Promise<void> {
  folder ??= mkdtempSync(path.join(tmpdir(), 'muster-property-'))
  const root = path.join(folder, 'workspace')
  try {
    for (const { declaration } of story.suites) {
      const dir = path.join(root, 'suites', declaration.name)
      mkdirSync(dir, { recursive: true })
      writeFileSync(path.join(dir, 'suite.json'), JSON.stringify({ ...declaration, runner: 'mocha' }))
      for (let file = 0; file < declaration.shards; file++)
        writeFileSync(path.join(dir, `${file}.spec.cjs`), '')
    }
    if (story.suites.length > 0) symlinkSync(MODULES, path.join(root, 'node_modules'), 'dir')
    const { graph } = await loadSuites(root)
    for (const { declaration, earlier } of story.suites) {
      if (earlier !== 'no') leaveEvidence(root, declaration.name, earlier === 'same' ? HASH : 'older')
    }
    const { done, steps } = await play(story, graph, root)
    const { events, damaged } = await readJournal(journalFile(root, RUN))
    const record = await loadRecord(root, RUN)
    if (!record || damaged > 0) throw new Error('the journal of a whole run must be whole')
    await look({ graph, events, record, done, steps, root, run: RUN })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function openConductor(story: Story, root: string) {
  const journal = openJournal(journalFile(root, RUN), (message) => {
    throw new Error(message)
  })
  let time = 1000
  const clock = { now: () => time++ }
  const answered = new Set<string>()
  const suiteLog = createSuiteLog(
    () => [],
    ({ name }) => answered.add(name),
  )
  const dispatcher = createDispatcher(RUN, journal, clock, [suiteLog])
  const { workers, cpus, failFast, objective } = story
  const semaphores = { database: DATABASE_PERMITS }
  const capacity: Capacity = { workers, cpus, memoryBytes: 2 ** 30, semaphores, labels: ['linux'] }
  const units = new ScriptedUnits(dispatcher, story.suites, new MachineWatch({ workers, cpus }))
  const pool = new ScriptedSteps()
  const conductor = new Conductor(
    {
      root,
      memory: openMemory(root),
      env: {},
      capacity,
      machine: 'test',
      cores: 2,
      objective,
      failFast,
      useEarlierAnswers: true,
    },
    {
      dispatcher,
      clock,
      pool,
      startUnit: units.start,
      semaphores: () => openMachineSemaphores(semaphores, path.join(root, 'semaphores')),
    },
  )
  const about = {
    workspace: root,
    command: 'nx',
    muster: '0',
    node: 'v20',
    platform: 'linux',
    machine: 'test',
  }
  dispatcher.emit({ kind: 'run-started', ...about, workers, failFast, objective, capacity })
  return { dispatcher, units, conductor, pool, answered }
}

async function play(story: Story, graph: SuiteGraph, root: string): Promise<Pick<Told, 'done' | 'steps'>> {
  const { dispatcher, units, conductor, pool, answered } = openConductor(story, root)
  const slices = slicesOf(graph, story.slices)
  const unhashed = graph.suites.map(({ id }) => id)
  let mayStop = story.stops
  let waits = 0
  for (let turn = 0; ;) {
    const able = [
      ...[...units.running.values()].map((finish) => () => finish()),
      ...(slices.length > 0 ? [() => void conductor.submit(slices.shift() ?? [])] : []),
      ...(unhashed.length > 0 ? [() => conductor.setHashes({ [unhashed.pop() ?? '']: HASH })] : []),
      // Rarely, so that there is something to stop.
      ...(mayStop && turn > 3 ? [() => ((mayStop = false), conductor.stop('stopped by SIGINT'))] : []),
    ]
    const act = able[(story.choices[turn] ?? 0) % Math.max(1, able.length)]
    if (act) {
      act()
      turn++
      waits = 0
    } else if (answered.size === graph.suites.length) break
    // A unit waits for its retry, or is on its way to a worker.
    else if (++waits > PATIENCE_MS) throw new Error(`only ${[...answered].join()} are ever answered`)
    else await delay(1)
    await settle()
  }
  const { idle } = conductor
  conductor.close()
  dispatcher.emit({ kind: 'run-finished' })
  await dispatcher.close()
  if (!idle) throw new Error('all is answered, but the conductor is not idle')
  return { done: units.done, steps: pool.steps }
}

/** As Nx asks: a suite never before what it depends on; what isn't answered yet may be asked for again. */
function slicesOf(graph: SuiteGraph, sizes: readonly number[]): SuiteRequest[][] {
  const order = graph.phases.flat()
  const slices: SuiteRequest[][] = []
  let at = 0
  for (const size of [...sizes, order.length]) {
    const upTo = Math.min(order.length, at + size)
    slices.push(order.slice(Math.max(0, at - 2), upTo).map((id) => request(graph, id)))
    at = upTo
  }
  return slices
}

function request(graph: SuiteGraph, id: SuiteId): SuiteRequest {
  const suite = graph.get(id)
  if (!suite) throw new Error(`${id} is in a phase but not in the graph`)
  return { suite, task: `${id}:test`, dependsOn: graph.dependenciesOf(id).map((each) => suiteId(each)) }
}
