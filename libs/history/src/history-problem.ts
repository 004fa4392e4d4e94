import type { Result } from '@muster/model'

/**
 * Why the history can't be used. History is an index of the journals: no problem here may fail a run.
 *
 * - `corrupt`: not a database, cut off, or damaged inside. `recoverHistory` is the way out.
 * - `foreign`: a sound SQLite database that some other program owns. Never moved, never written.
 * - `newer`: written by a newer Muster.
 * - `inaccessible`: a folder in its place, no permission, read-only, the disk failed.
 * - `busy`: another process held the lock for longer than we wait.
 * - `full`: no space left; nothing of the run was kept.
 */
export interface HistoryProblem {
  readonly type: 'corrupt' | 'foreign' | 'newer' | 'inaccessible' | 'busy' | 'full'
  /** The database file, as it was given. */
  readonly file: string
  /** What happened and where, one line for people. */
  readonly message: string
  /** What to do about it. */
  readonly fix: string
}

export type HistoryResult<T> = Result<T, HistoryProblem>

export const corrupt = (file: string, detail: string): HistoryProblem => ({
  type: 'corrupt',
  file,
  message: `the history ${file} is damaged: ${detail}`,
  fix: 'Let it be recovered: the file is moved aside and the runs whose journals are still there are read in again.',
})

export const foreign = (file: string): HistoryProblem => ({
  type: 'foreign',
  file,
  message: `${file} is a database, but not a Muster history`,
  fix: 'Name another file for the history, or move this one away.',
})

export const newer = (file: string, found: number, supported: number): HistoryProblem => ({
  type: 'newer',
  file,
  message: `the history ${file} has schema version ${found}; this Muster knows versions up to ${supported}`,
  fix: 'Use the newer Muster that wrote it, or move the file away: it can be rebuilt from the journals.',
})

export const inaccessible = (file: string, detail: string, fix: string): HistoryProblem => ({
  type: 'inaccessible',
  file,
  message: `the history ${file} can't be used: ${detail}`,
  fix,
})

export const busy = (file: string): HistoryProblem => ({
  type: 'busy',
  file,
  message: `the history ${file} is locked by another process`,
  fix: 'Try again when the other run has ended; nothing is lost, the journal keeps the run.',
})

export const full = (file: string): HistoryProblem => ({
  type: 'full',
  file,
  message: `no space is left for the history ${file}`,
  fix: 'Free some space, or keep fewer runs; the journal keeps the run, which is read in later.',
})
