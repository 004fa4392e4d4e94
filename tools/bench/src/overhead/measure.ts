import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CpuProfile } from './cpu-costs.ts'
import type { Part } from './parts.ts'

const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './no-ops-process.ts' : './no-ops-process.js', import.meta.url),
)

/** What a run of no-ops took, in a process of its own: the first in it, compiling included. */
export interface Overhead {
  /** User and system time from the submission to the first unit's start. */
  readonly planCpuMs: number
  /** The same from there until the journal was closed. */
  readonly runCpuMs: number
  readonly wallMs: number
  /** Largest resident size of the process. */
  readonly peakMiB: number
  /** The same when all code was loaded and nothing had run. */
  readonly beforeMiB: number
}

export interface Setting {
  readonly units: number
  readonly without?: readonly Part[]
  /** The suites have failed together before, so that each verdict says something about the others. */
  readonly history?: boolean
}

export const measure = (setting: Setting): Overhead =>
  inScratch((root) => JSON.parse(runChild([], root, setting)) as Overhead)

/** The same once more, looked at by V8's sampling profiler every 200 µs. */
export const profile = (setting: Setting): CpuProfile =>
  inScratch((root) => {
    const dir = join(root, 'profile')
    runChild(['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${dir}`], root, setting)
    const [file = ''] = readdirSync(dir)
    return JSON.parse(readFileSync(join(dir, file), 'utf8')) as CpuProfile
  })

function runChild(options: readonly string[], root: string, setting: Setting): string {
  const { units, without = [], history = false } = setting
  const words = [...without, ...(history ? ['history'] : [])]
  const args = [...process.execArgv, ...options, CHILD, join(root, 'workspace'), String(units), ...words]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the measured process failed: ${stderr}`)
  return stdout
}

function inScratch<T>(use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'muster-overhead-'))
  try {
    return use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
