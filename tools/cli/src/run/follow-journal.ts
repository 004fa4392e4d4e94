import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { parseEvent } from '@muster/engine/journal'
import type { RunEvent } from '@muster/model'

const POLL_MS = 40

export interface JournalFollower {
  /** Reads what is there to the end and stops. */
  finish(): void
}

/**
 * Shows a journal's events as they are appended; the file may not exist yet. Polling one file is cheap, and
 * unlike change notification it behaves the same on every file system.
 */
export function followJournal(file: string, onEvent: (event: RunEvent) => void): JournalFollower {
  let fd: number | undefined
  let rest = ''
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(1 << 16)
  const readOn = (): void => {
    try {
      fd ??= openSync(file, 'r')
    } catch {
      return
    }
    for (let size = readSync(fd, buffer); size > 0; size = readSync(fd, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, size))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const event = parseEvent(line)
        if (event) onEvent(event)
      }
    }
  }
  const timer = setInterval(readOn, POLL_MS)
  return {
    finish() {
      clearInterval(timer)
      readOn()
      if (fd !== undefined) closeSync(fd)
    },
  }
}
