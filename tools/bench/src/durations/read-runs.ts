import { availableParallelism } from 'node:os'
import { journalFile, listRuns, readJournal } from '@muster/engine/journal'
import type { RunEvent, SuiteKind } from '@muster/model'
import type { ObservedRun, ObservedSuite } from './observed-run.ts'

/** What the journals of a workspace tell, oldest first. Runs in which nothing passed are left out. */
export async function readRuns(root: string): Promise<ObservedRun[]> {
  const runs: ObservedRun[] = []
  for (const run of await listRuns(root)) {
    const { events } = await readJournal(journalFile(root, run))
    const observed = observeRun(events)
    if (observed !== undefined && observed.suites.length > 0) runs.push(observed)
  }
  return runs
}

interface Attempt {
  readonly suite: string
  readonly startMs: number
  endMs: number
  cpuMs?: number
  /** Its verdict is the unit's, and it is a pass. */
  counts: boolean
}

/** Undefined when the journal lacks its start. A split suite counts with the time of all of its units. */
export function observeRun(events: readonly RunEvent[]): ObservedRun | undefined {
  const started = events.find((event) => event.kind === 'run-started')
  if (started === undefined) return undefined
  const { machine, platform, workers, at }: StartOfOld = started
  const className = machine ?? platform
  const cpus = coresOf(className) ?? availableParallelism()
  const kinds = new Map<string, SuiteKind>()
  const failed = new Set<string>()
  for (const event of events) {
    if (event.kind === 'plan-ready') for (const each of event.suites) kinds.set(each.suite, each.kind)
    if (event.kind === 'unit-finished' && event.outcome.status !== 'passed') failed.add(event.suite)
  }
  const attempts = observeAttempts(events)
  const passed = new Set(
    attempts.flatMap(({ suite, counts }) => (counts && !failed.has(suite) ? [suite] : [])),
  )
  const suites = [...passed].map((suite) => observeSuite(suite, kinds.get(suite) ?? 'unit', attempts, cpus))
  return { at, machine: className, cpus, workers, suites }
}

function observeAttempts(events: readonly RunEvent[]): readonly Attempt[] {
  const attempts = new Map<string, Attempt>()
  for (const event of events) {
    if (event.kind === 'attempt-started') {
      const { attempt, suite, at } = event
      attempts.set(attempt, { suite, startMs: at, endMs: at, counts: false })
    }
    if (event.kind !== 'attempt-finished') continue
    const attempt = attempts.get(event.attempt)
    if (attempt === undefined) continue
    const { durationMs, usage, superseded, outcome } = event
    attempt.endMs = attempt.startMs + durationMs
    attempt.counts = superseded === undefined && outcome.status === 'passed'
    if (usage !== undefined) attempt.cpuMs = usage.cpuMs
  }
  return [...attempts.values()]
}

/** Journals of the first version don't name the machine's class. */
interface StartOfOld {
  readonly machine?: string
  readonly platform: string
  readonly workers: number
  readonly at: number
}

/** A class of machine ends with its cores and memory: `… 8c 32g`. */
function coresOf(machine: string): number | undefined {
  const cores = / (\d+)c \d+g$/.exec(machine)?.[1]
  return cores === undefined ? undefined : Number(cores)
}

function observeSuite(suite: string, kind: SuiteKind, all: readonly Attempt[], cpus: number): ObservedSuite {
  const own = all.filter((attempt) => attempt.suite === suite && attempt.counts)
  const durationMs = sum(own, lengthOf)
  const together = sum(own, (each) => sum(all, (other) => overlap(each, other)))
  const cpuKnown = own.every(({ cpuMs }) => cpuMs !== undefined)
  return {
    suite,
    kind,
    durationMs,
    busy: durationMs > 0 ? together / durationMs / cpus : 1 / cpus,
    ...(cpuKnown && { cpuMs: sum(own, ({ cpuMs = 0 }) => cpuMs) }),
  }
}

const lengthOf = ({ startMs, endMs }: Attempt): number => endMs - startMs

const overlap = (a: Attempt, b: Attempt): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs))

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
