import {
  foldRun,
  type OutputRef,
  type RunEvent,
  type SuiteId,
  type SuiteRecord,
  type TestCase,
  type UnitId,
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
  const openUnits = new Map<SuiteId, Set<UnitId>>()
  const suiteOfAttempt = new Map<string, SuiteId>()
  const eventsOf = (suite: SuiteId): RunEvent[] => {
    const events = open.get(suite) ?? []
    open.set(suite, events)
    return events
  }
  const unitsOf = (suite: SuiteId): Set<UnitId> => {
    const units = openUnits.get(suite) ?? new Set()
    openUnits.set(suite, units)
    return units
  }
  const answer = ({ suite, at }: { readonly suite: SuiteId; readonly at: number }): void => {
    const record = foldRun(eventsOf(suite), readCases).suites.find((each) => each.name === suite)
    open.delete(suite)
    openUnits.delete(suite)
    if (record) onAnswer(record, at)
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
        case 'suite-measured':
        case 'attempt-slow':
        case 'attempt-finished': {
          const suite = suiteOfAttempt.get(event.attempt)
          if (suite !== undefined) eventsOf(suite).push(event)
          break
        }
        case 'unit-queued':
          unitsOf(event.suite).add(event.unit)
          eventsOf(event.suite).push(event)
          break
        case 'unit-finished': {
          const units = unitsOf(event.suite)
          units.delete(event.unit)
          eventsOf(event.suite).push(event)
          if (units.size === 0) answer(event)
          break
        }
        case 'coverage-collected':
          eventsOf(event.suite).push(event)
          break
        case 'suite-skipped':
        case 'suite-cached':
          eventsOf(event.suite).push(event)
          answer(event)
          break
        case 'run-started':
        case 'suite-hashed':
        case 'suite-rescored':
        case 'suite-step-finished':
        case 'cache-rejected':
        case 'retry-scheduled':
        case 'coverage-merged':
        case 'baseline-compared':
        case 'load-sampled':
        case 'note':
        case 'run-halted':
        case 'run-finished':
          break
      }
    },
  }
}
