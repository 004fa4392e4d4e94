import { err, ok } from '@muster/model'
import {
  busy,
  corrupt,
  full,
  inaccessible,
  type HistoryProblem,
  type HistoryResult,
} from '../history-problem.ts'

/** Primary result codes, https://www.sqlite.org/rescode.html */
const PERM = 3
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const PROTOCOL = 15
const NOTADB = 26

/** The foreseen failure behind a driver's error; undefined for a bug of ours, which the caller throws on. */
function sqliteProblem(error: unknown, file: string): HistoryProblem | undefined {
  if (!(error instanceof Error)) return undefined
  switch (primaryCode(error)) {
    case NOTADB:
    case CORRUPT:
      return corrupt(file, error.message)
    case BUSY:
    case LOCKED:
    case PROTOCOL:
      return busy(file)
    case FULL:
      return full(file)
    case READONLY:
    case PERM:
    case CANTOPEN:
      return inaccessible(file, error.message, 'Give yourself the right to write it and the folder it is in.')
    case IOERR:
      return inaccessible(file, error.message, 'Look after the disk; then try again.')
    default:
      return undefined
  }
}

/** Statements give `rawCode`, whose low byte is the primary code; opening gives only a text that ends in it. 0: none. */
function primaryCode(error: Error & { rawCode?: unknown }): number {
  if (typeof error.rawCode === 'number') return error.rawCode & 0xff
  const text = /^ConnectionFailed\(".*: (\d+)"\)$/s.exec(error.message)?.[1]
  return Number(text ?? 0) & 0xff
}

/** Runs `work`; what the database foreseeably refuses becomes a value. */
export function guarded<T>(file: string, work: () => T): HistoryResult<T> {
  try {
    return ok(work())
  } catch (error) {
    return foreseen(error, file)
  }
}

export async function guardedAsync<T>(file: string, work: () => Promise<T>): Promise<HistoryResult<T>> {
  try {
    return ok(await work())
  } catch (error) {
    return foreseen(error, file)
  }
}

function foreseen(error: unknown, file: string): HistoryResult<never> {
  const problem = sqliteProblem(error, file)
  if (problem) return err(problem)
  throw error
}
