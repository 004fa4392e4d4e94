import {
  foldRun,
  type OutputRef,
  type RunEvent,
  type SuiteId,
  type SuiteRecord,
  type TestCase,
} from '@muster/model'
import type { Sink } from '../journal/dispatcher.ts'

/**
 * Tells when a suite is answered, with its record: the fold of that suite's own events. They are let go
 * with the answer, so memory follows what runs, not what ran.
 */
export function createSuiteLog(
  readCases: (ref: OutputRef) => readonly TestCase[],
  onAnswer: (record: SuiteRecord, answeredAt: number) => void,
): Sink {
  const open = new Map<SuiteId, RunEvent[]>()
  const suiteOfAttempt = new Map<string, SuiteId>()
  const eventsOf = (suite: SuiteId): RunEvent[] => {
    const events = open.get(suite) ?? []
    open.set(suite, events)
    return events
  }
  return {
    name: 'suite log',
    accept(event) {
      switch (event.kind) {
        case 'plan-ready':
          for (const planned of event.suites) eventsOf(planned.suite).push({ ...event, suites: [planned] })
          break
        case 'attempt-started':
          suiteOfAttempt.set(event.attempt, event.suite)
          eventsOf(event.suite).push(event)
          break
        case 'case-finished':
        case 'output-captured':
        case 'attempt-slow':
        case 'attempt-finished': {
          const suite = suiteOfAttempt.get(event.attempt)
          if (suite !== undefined) eventsOf(suite).push(event)
          break
        }
        case 'suite-skipped':
        case 'suite-cached':
        case 'unit-finished': {
          const events = [...eventsOf(event.suite), event]
          open.delete(event.suite)
          const record = foldRun(events, readCases).suites.find((each) => each.name === event.suite)
          if (record) onAnswer(record, event.at)
          break
        }
        case 'run-started':
        case 'suite-hashed':
        case 'cache-rejected':
        case 'unit-queued':
        case 'note':
        case 'run-halted':
        case 'run-finished':
          break
      }
    },
  }
}
