import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import type { UnitMessage } from '../runner.ts'
import { TOLD } from './tool-input.ts'

/** Often enough to look alive, seldom enough to cost nothing. */
const EVERY_MS = 50
const CHUNK = 1 << 16

export interface Feed {
  /** Absolute path, for the tool's reporter to append to. */
  readonly file: string
  /** Tells what is still unread, and takes the file away. */
  close(): void
}

/**
 * A file that another process appends messages to, one a line, followed as it grows. A file, since it goes through any
 * wrapper that a tool may be started by, on every system, and keeps what was said by a process that is killed.
 * @param told to the reporter, plain JSON
 */
export function openFeed(emit: (message: UnitMessage) => void, told: unknown): Feed {
  const dir = mkdtempSync(join(tmpdir(), 'muster-feed-'))
  const file = join(dir, 'messages.ndjson')
  writeFileSync(file, '')
  if (told !== undefined) writeFileSync(file + TOLD, JSON.stringify(told))
  const fd = openSync(file, 'r')
  const decoder = new StringDecoder('utf8')
  const chunk = Buffer.alloc(CHUNK)
  let rest = ''
  const read = (): void => {
    for (
      let size = readSync(fd, chunk, 0, CHUNK, null);
      size > 0;
      size = readSync(fd, chunk, 0, CHUNK, null)
    ) {
      const lines = (rest + decoder.write(chunk.subarray(0, size))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tell(line, emit)
    }
  }
  const timer = setInterval(read, EVERY_MS)
  return {
    file,
    close() {
      clearInterval(timer)
      read()
      // Without its line break it was torn by a kill.
      if (rest.trim() !== '') tell(rest, emit)
      closeSync(fd)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A line that is no message was torn, or isn't ours: what it said is missing from the counts, which judges it. */
function tell(line: string, emit: (message: UnitMessage) => void): void {
  try {
    emit(JSON.parse(line) as UnitMessage)
  } catch {
    return
  }
}
