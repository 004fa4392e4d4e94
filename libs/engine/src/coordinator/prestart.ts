import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { isRunId } from '@muster/model'
import { journalFile, runsDir } from '../journal/run-store.ts'
import { spawnCoordinator } from './client.ts'
import type { CoordinatorStart } from './protocol.ts'

/**
 * Starts the coordinator before Nx knows what is to be run, so that both boot at the same time. In vain when all
 * comes from the cache: then it goes when its owner does. So it is done unless the last run had nothing to do.
 */
export function prestart(start: CoordinatorStart): void {
  if (expectsWork(start.root)) spawnCoordinator(start)
}

/** The plan is among a journal's first lines, when there was one. */
const HEAD_BYTES = 16_384

/** Whether the last run, if any, had something to run that was not in the cache. */
export function expectsWork(root: string): boolean {
  try {
    const last = readdirSync(runsDir(root)).filter(isRunId).sort().at(-1)
    return last === undefined || readHead(journalFile(root, last)).includes('"kind":"plan-ready"')
  } catch {
    return true
  }
}

function readHead(file: string): string {
  const fd = openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(HEAD_BYTES)
    return buffer.toString('utf8', 0, readSync(fd, buffer))
  } finally {
    closeSync(fd)
  }
}
