import { mkdirSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { attemptId, isRunId, suiteFolder, type RunId } from '@muster/model'
import { coverageEnv } from '@muster/runners'
import { cacheDir, isAlive, readOpenMarker } from '../journal/run-store.ts'
import type { UnitExecution } from './unit-execution.ts'

/** Where a unit leaves its coverage in this execution. */
export interface UnitCoverage {
  /** Absolute. */
  readonly dir: string
  /** Added to the unit's environment. */
  readonly env: Readonly<Record<string, string>>
  /** Called before each attempt: what a thread has left, of which a process decides, must not count twice. */
  renew(): void
}

const coverageRoot = (root: string): string => path.join(cacheDir(root), 'coverage')

/** Undefined when the suite's coverage isn't collected. */
export function unitCoverage(
  root: string,
  run: RunId,
  { suite, unit, attempts }: UnitExecution,
): UnitCoverage | undefined {
  if (suite.coverage === undefined) return undefined
  const dir = path.join(coverageRoot(root), run, suiteFolder(attemptId(unit.id, attempts.length + 1)))
  const renew = (): void => {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
  }
  renew()
  return { dir, env: coverageEnv(suite, dir), renew }
}

/** At the end of a run: its own folders, and those of runs that were cut off. */
export async function sweepCoverage(root: string, run: RunId): Promise<void> {
  const folders: string[] = await readdir(coverageRoot(root)).catch(() => [])
  for (const folder of folders.filter(isRunId)) {
    const open = folder === run ? undefined : await readOpenMarker(root, folder)
    if (open && isAlive(open.pid)) continue
    rmSync(path.join(coverageRoot(root), folder), { recursive: true, force: true })
  }
}
