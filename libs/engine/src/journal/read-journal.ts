import { readFile } from 'node:fs/promises'
import { RUN_EVENT_VERSION, type RunEvent } from '@muster/model'

export interface ReadJournal {
  readonly events: readonly RunEvent[]
  /** Lines that are no event. */
  readonly damaged: number
  /** The last line is not whole: its writer was killed while it wrote, before anybody acted on the event. */
  readonly torn: boolean
}

/**
 * Reads a journal, whole or cut off. A line that can't be read is counted and passed over, and so is what
 * a second writer may have appended under a number that was already taken.
 */
export async function readJournal(file: string): Promise<ReadJournal> {
  const data = await readFile(file)
  const events: RunEvent[] = []
  let damaged = 0
  let torn = false
  let lastSeq = -1
  // Line by line out of the bytes: as one string a long run's journal could be longer than strings can be.
  for (let start = 0; start < data.length;) {
    const found = data.indexOf('\n', start)
    const end = found < 0 ? data.length : found
    const line = data.toString('utf8', start, end)
    start = end + 1
    if (line === '') continue
    const event = parseEvent(line)
    if (event === undefined && found < 0) {
      torn = true
      continue
    }
    if (event === undefined || event.seq <= lastSeq) {
      damaged++
      continue
    }
    lastSeq = event.seq
    events.push(event)
  }
  return { events, damaged, torn }
}

/** One line of a journal, or undefined if it isn't an event of this version. */
export function parseEvent(line: string): RunEvent | undefined {
  try {
    const value = JSON.parse(line) as Partial<RunEvent> | null
    const isEvent =
      value?.v === RUN_EVENT_VERSION && typeof value.seq === 'number' && typeof value.kind === 'string'
    return isEvent ? (value as RunEvent) : undefined
  } catch {
    return undefined
  }
}
