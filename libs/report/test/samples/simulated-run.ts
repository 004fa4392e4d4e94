import type { RunEvent } from '@muster/model'
import { attempted, attemptDone, plannedSuite, queued, RUN, started, unitDone } from './sample-events.ts'
import { RUN_EVENT_VERSION, type RunEventBody } from '@muster/model'
import { START } from './sample-record.ts'

export interface SimulatedSuite {
  readonly name: string
  /** 0 for none. */
  readonly estimateMs: number
  readonly actualMs: number
  /** Names of suites before it in the list. */
  readonly dependsOn: readonly string[]
}

/** The events of a run in which free workers take the first suite that may start. */
export function simulateRun(suites: readonly SimulatedSuite[], workers: number): RunEvent[] {
  const events: RunEvent[] = []
  let now = START
  const emit = (body: RunEventBody): void => {
    events.push({ v: RUN_EVENT_VERSION, runId: RUN, seq: events.length, at: now, ...body })
  }
  emit(started(workers))
  emit({
    kind: 'plan-ready',
    suites: suites.map((each) => plannedSuite(each.name, each.estimateMs, each.dependsOn)),
  })
  const waiting = [...suites]
  const done = new Set<string>()
  const running = new Map<number, { readonly suite: SimulatedSuite; readonly until: number }>()
  while (done.size < suites.length) {
    for (let worker = 0; worker < workers; worker++) {
      if (running.has(worker)) continue
      const next = waiting.findIndex((each) => each.dependsOn.every((name) => done.has(name)))
      const [suite] = next < 0 ? [] : waiting.splice(next, 1)
      if (!suite) break
      emit(queued(suite.name, suite.estimateMs))
      emit(attempted(suite.name, 1, 'process', worker))
      running.set(worker, { suite, until: now + suite.actualMs })
    }
    const [worker, ended] = [...running].toSorted(([, a], [, b]) => a.until - b.until)[0] ?? []
    if (worker === undefined || !ended) throw new Error('the suites of a simulated run wait for each other')
    running.delete(worker)
    now = ended.until
    const finished = attemptDone(ended.suite.name)
    if (finished.kind === 'attempt-finished') emit({ ...finished, durationMs: ended.suite.actualMs })
    emit(unitDone(ended.suite.name))
    done.add(ended.suite.name)
  }
  emit({ kind: 'run-finished' })
  return events
}
