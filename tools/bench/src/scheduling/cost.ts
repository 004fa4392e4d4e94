import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './cost-process.ts' : './cost-process.js', import.meta.url),
)

/** What scheduling took, in a process of its own. */
export interface Cost {
  readonly workers: number
  readonly shape: string
  /** User and system time for the whole run on the virtual clock, the first in its process: compiling included. */
  readonly cpuMs: number
  /** Largest resident size of the process, Node and the units themselves included. */
  readonly peakMiB: number
  /** The same just before the scheduler was made. */
  readonly beforeMiB: number
}

export function measureCost(shape: string, units: number, workers: number): Cost {
  const args = [...process.execArgv, CHILD, shape, String(units), String(workers)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the measured process failed: ${stderr}`)
  return { workers, shape, ...(JSON.parse(stdout) as Pick<Cost, 'cpuMs' | 'peakMiB' | 'beforeMiB'>) }
}
