import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { RunEvent } from '@muster/model'
import { parseEvent } from './read-journal.ts'

export interface JournalWriter {
  /** Written before it returns: what was appended survives the death of this process (kill -9 included). */
  append(event: RunEvent): void
  /** Asks the disk to keep what was appended, against a power cut; doesn't wait. */
  sync(): void
  /** Resolves when the disk has it. */
  close(): Promise<void>
  /** What the disk refused, for the record of this very process; empty while all is well. */
  readonly unwritten: readonly RunEvent[]
}

/**
 * Appends to `file`, which is created if need be. A last line that was torn by a kill (the kernel may stop even a
 * write to a file at a page's end) is cut off first: its event was never acted upon.
 *
 * fsync policy: every append is a write(2), so a killed process loses nothing. `sync` is asked for when a unit is
 * finished, one at a time, and done once more at the end: a power cut loses what was appended since the last one
 * began.
 *
 * A full disk doesn't stop the run: `onTrouble` is told once (after the append that met it has returned), and
 * later events are kept in memory only.
 */
export function openJournal(file: string, onTrouble: (message: string) => void): JournalWriter {
  let fd: number | undefined
  let dirty = false
  let syncing = false
  const unwritten: RunEvent[] = []
  const giveUp = (error: unknown): void => {
    if (fd === undefined) return
    const { code, message } = error as NodeJS.ErrnoException
    const broken = fd
    fd = undefined
    try {
      closeSync(broken)
    } catch {
      // Nothing more to lose: the file is already given up.
    }
    queueMicrotask(() => onTrouble(trouble(file, 'written', code ?? message)))
  }
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    fd = openSync(file, 'a+')
    mendEnd(fd)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    queueMicrotask(() => onTrouble(trouble(file, 'opened', code ?? message)))
  }
  return {
    unwritten,
    append(event) {
      if (fd === undefined) {
        unwritten.push(event)
        return
      }
      try {
        writeAll(fd, `${JSON.stringify(event)}\n`)
        dirty = true
      } catch (error) {
        unwritten.push(event)
        giveUp(error)
      }
    },
    sync() {
      if (fd === undefined || !dirty || syncing) return
      dirty = false
      syncing = true
      fdatasync(fd, () => {
        syncing = false
      })
    },
    async close() {
      if (fd === undefined) return
      const last = fd
      fd = undefined
      try {
        if (dirty || syncing) await promisify(fdatasync)(last)
        closeSync(last)
      } catch (error) {
        onTrouble(`the journal ${file} may be incomplete on disk (${(error as Error).message})`)
      }
    },
  }
}

const trouble = (file: string, verb: string, cause: string): string =>
  `the journal ${file} can't be ${verb} (${cause}): this run can't be resumed or replayed. Free some disk space.`

/** A short write means a full disk: the rest is tried once more, which then says ENOSPC. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text)
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done)
}

function mendEnd(fd: number): void {
  const { size } = fstatSync(fd)
  if (size === 0 || readTail(fd, size - 1, size) === '\n') return
  const start = lastLineStart(fd, size)
  if (parseEvent(readTail(fd, start, size)) !== undefined) writeAll(fd, '\n')
  else ftruncateSync(fd, start)
}

function lastLineStart(fd: number, size: number): number {
  const STEP = 1 << 16
  for (let end = size; end > 0; end -= STEP) {
    const start = Math.max(0, end - STEP)
    const found = readBytes(fd, start, end).lastIndexOf(0x0a)
    if (found >= 0) return start + found + 1
  }
  return 0
}

const readTail = (fd: number, start: number, end: number): string => readBytes(fd, start, end).toString()

function readBytes(fd: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start)
  readSync(fd, bytes, 0, bytes.length, start)
  return bytes
}
