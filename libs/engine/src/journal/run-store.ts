import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { isRunId, type RunId } from '@muster/model'
import { ownerProcess } from '../coordinator/process-info.ts'

/*
 * <root>/.muster/
 *   .gitignore            '*': nothing in here belongs to a commit
 *   runs/<run id>/
 *     journal.ndjson      every event of the run, the truth
 *     outputs/<sha256>    captured output and restored cases, by content
 *     open                exists from the start until the run ended in good order; names its coordinator
 *   evidence/<suite>/     what a passed suite leaves for the cache (the target's declared output)
 *   memory.ndjson         what the next run must know before its first unit starts
 *   inputs/<suite>.json   what went into a suite's hash, for `muster why`
 *   cache/                derived files, may be deleted at any time
 *   history.db            an index over the journals for people's questions
 */
export const musterDir = (root: string): string => path.join(root, '.muster')
export const runsDir = (root: string): string => path.join(musterDir(root), 'runs')
export const runDir = (root: string, run: RunId): string => path.join(runsDir(root), run)
export const journalFile = (root: string, run: RunId): string =>
  path.join(runDir(root, run), 'journal.ndjson')
export const outputsDir = (root: string, run: RunId): string => path.join(runDir(root, run), 'outputs')
const openMarker = (root: string, run: RunId): string => path.join(runDir(root, run), 'open')
export const cacheDir = (root: string): string => path.join(musterDir(root), 'cache')
export const historyFile = (root: string): string => path.join(musterDir(root), 'history.db')
export const reportsDir = (root: string): string => path.join(root, 'reports')
export const coverageReportDir = (root: string): string => path.join(reportsDir(root), 'latest/coverage')

/** Newest last; ids sort by start time. An absent folder is no runs. */
export async function listRuns(root: string): Promise<RunId[]> {
  const names: string[] = await readdir(runsDir(root)).catch(() => [])
  return names.filter(isRunId).sort()
}

/** A run that was cut off: its coordinator is gone, and nobody closed it. */
export async function wasCutOff(root: string, run: RunId): Promise<boolean> {
  const marker = openMarker(root, run)
  if (!existsSync(marker)) return false
  const open = await readOpenMarker(root, run)
  return open === undefined || !isAlive(open.pid)
}

export interface OpenMarker {
  /** The coordinator's process. */
  readonly pid: number
  readonly socket: string
}

/** Undefined when the run is closed, or the marker can't be read. */
export async function readOpenMarker(root: string, run: RunId): Promise<OpenMarker | undefined> {
  try {
    return JSON.parse(await readFile(openMarker(root, run), 'utf8')) as OpenMarker
  } catch {
    return undefined
  }
}

/**
 * Makes the run's folder and marks the run as going on; `.muster` gets a .gitignore that keeps all of it out of
 * commits and hashes. Best effort: what can't be written is met again, and said, by the journal.
 */
export function openRun(root: string, run: RunId, marker: OpenMarker): void {
  try {
    mkdirSync(runDir(root, run), { recursive: true })
    const ignore = path.join(musterDir(root), '.gitignore')
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n')
    writeFileSync(openMarker(root, run), JSON.stringify(marker))
  } catch {
    return
  }
}

/** The run ended in good order. */
export function closeRun(root: string, run: RunId): void {
  rmSync(openMarker(root, run), { force: true })
}

/** A zombie is not alive. */
export const isAlive = (pid: number): boolean => ownerProcess(pid) !== undefined
