import { fork, spawnSync, type ChildProcess } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Load, Recording } from './recording.ts'

const WORKLOAD = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './workload-process.ts' : './workload-process.js',
    import.meta.url,
  ),
)

/** Samples a real benchmark, a fresh process a run: on the machine as it is, and with a busy process for each core. */
export function record(runs: number, samples: number, tell: (line: string) => void): Recording {
  const under = (load: Load): Recording['runs'] => {
    const others = load === 'busy' ? startBusy(availableParallelism()) : []
    try {
      return Array.from({ length: runs }, (_, index) => {
        tell(`${load}: run ${index + 1} of ${runs}`)
        return { load, samples: measure(samples) }
      })
    } finally {
      for (const each of others) each.kill()
    }
  }
  return {
    what: 'sorts and serialises 6,000 objects, ms',
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`,
    node: process.version,
    recordedAt: new Date().toISOString(),
    runs: [...under('idle'), ...under('busy')],
  }
}

function measure(samples: number): number[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, WORKLOAD, String(samples)],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the measured process failed: ${stderr}`)
  return JSON.parse(stdout) as number[]
}

const startBusy = (count: number): readonly ChildProcess[] =>
  Array.from({ length: count }, () => fork(WORKLOAD, ['busy']))
