import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Conductor, createDispatcher, openJournal, openMemory, type SuiteRequest } from '@muster/engine/run'
import { journalFile, readJournal } from '@muster/engine/journal'
import { loadRecord } from '@muster/engine'
import { loadSuites, type SuiteGraph } from '@muster/graph'
import { runId, suiteId, type RunEvent, type RunId, type RunRecord, type SuiteId } from '@muster/model'
import { leaveEvidence } from './leave-evidence.ts'
import { ScriptedUnits } from './scripted-units.ts'
import type { Story } from './story.ts'

export interface Told {
  readonly graph: SuiteGraph
  readonly events: readonly RunEvent[]
  readonly record: RunRecord
  readonly peak: number
  readonly root: string
  readonly run: RunId
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const HASH = 'content'

/** Plays a story with the real graph, conductor, dispatcher and journal; only the tests are scripted. */
export async function tell(story: Story, look: (told: Told) => Promise<void> | void): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'muster-property-'))
  try {
    for (const { declaration } of story.suites) {
      mkdirSync(path.join(root, 'suites', declaration.name), { recursive: true })
      writeFileSync(path.join(root, 'suites', declaration.name, 'suite.json'), JSON.stringify(declaration))
    }
    const { graph } = await loadSuites(root)
    for (const { declaration, earlier } of story.suites) {
      if (earlier !== 'no') leaveEvidence(root, declaration.name, earlier === 'same' ? HASH : 'older')
    }
    const run = runId(new Date('2026-02-01T00:00:00Z'), 'bbbbbb')
    const peak = await play(story, graph, root, run)
    const { events, damaged } = await readJournal(journalFile(root, run))
    const record = await loadRecord(root, run)
    if (!record || damaged > 0) throw new Error('the journal of a whole run must be whole')
    await look({ graph, events, record, peak, root, run })
  } finally {
    rmSync(root, { recursive: true })
  }
}

async function play(story: Story, graph: SuiteGraph, root: string, run: RunId): Promise<number> {
  const journal = openJournal(journalFile(root, run), (message) => {
    throw new Error(message)
  })
  let time = 1000
  const dispatcher = createDispatcher(run, journal, { now: () => time++ }, [])
  const units = new ScriptedUnits(
    dispatcher,
    new Map(story.suites.map((each) => [each.declaration.name, each])),
  )
  const { workers, failFast } = story
  const options = { root, memory: openMemory(root), workers, failFast, useEarlierAnswers: true }
  const conductor = new Conductor(options, dispatcher, units.start)
  const started = {
    workspace: root,
    command: 'nx',
    muster: '0',
    node: 'v20',
    platform: 'linux',
    workers,
    failFast,
  }
  dispatcher.emit({ kind: 'run-started', ...started })

  const slices = slicesOf(graph, story.slices)
  const unhashed = graph.suites.map(({ id }) => id)
  const submitted: Promise<void>[] = []
  let mayStop = story.stops
  for (let turn = 0; ; turn++) {
    const open = [...units.running.keys()]
    const able = [
      ...open.map((id) => () => units.finish(id)),
      ...(slices.length > 0 ? [() => submitted.push(conductor.submit(slices.shift() ?? []))] : []),
      ...(unhashed.length > 0 ? [() => conductor.setHashes({ [unhashed.pop() ?? '']: HASH })] : []),
      // Rarely, so that there is something to stop.
      ...(mayStop && turn > 3 ? [() => ((mayStop = false), conductor.stop('stopped by SIGINT'))] : []),
    ]
    if (able.length === 0 || (able.length === 1 && mayStop && turn > 3)) {
      await Promise.all(submitted)
      if (units.running.size === 0 && conductor.idle) break
    }
    able[(story.choices[turn] ?? 0) % Math.max(1, able.length)]?.()
    await settle()
  }
  dispatcher.emit({ kind: 'run-finished' })
  await dispatcher.close()
  return units.peak
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
