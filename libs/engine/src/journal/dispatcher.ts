import { RUN_EVENT_VERSION, type RunEvent, type RunEventBody, type RunId } from '@muster/model'
import type { Clock } from './clock.ts'
import type { JournalWriter } from './journal-writer.ts'

/** Receives every event in order. It can't fail the run: a sink that throws is told off and left out. */
export interface Sink {
  readonly name: string
  accept(event: RunEvent): void
}

export interface Dispatcher {
  readonly runId: RunId
  emit(body: RunEventBody): void
  sync(): void
  close(): Promise<void>
  /** Events that the journal couldn't keep. */
  readonly unwritten: readonly RunEvent[]
}

/**
 * The one place that gives order: everybody else proposes a body, it stamps number and time, journals it,
 * then tells the sinks. `firstSeq` continues a journal that an earlier process began.
 */
export function createDispatcher(
  runId: RunId,
  journal: JournalWriter,
  clock: Clock,
  sinks: readonly Sink[],
  firstSeq = 0,
): Dispatcher {
  let seq = firstSeq
  let lastAt = 0
  const healthy = new Set(sinks)
  const emit = (body: RunEventBody): void => {
    lastAt = Math.max(lastAt, clock.now())
    const event: RunEvent = { v: RUN_EVENT_VERSION, runId, seq: seq++, at: lastAt, ...body }
    journal.append(event)
    for (const sink of healthy) {
      try {
        sink.accept(event)
      } catch (error) {
        healthy.delete(sink)
        emit({ kind: 'note', level: 'warning', message: `${sink.name} gave up: ${(error as Error).message}` })
      }
    }
  }
  return {
    runId,
    emit,
    sync: () => journal.sync(),
    close: () => journal.close(),
    unwritten: journal.unwritten,
  }
}
