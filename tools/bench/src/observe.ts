import { spawn } from 'node:child_process'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { benchEnv } from './bench-env.ts'
import { TRACE } from './bench-workspace.ts'

export interface Observation {
  /** Milliseconds from the start of the command until the first test file was loaded. */
  readonly firstTestMs: number
  /** Largest peak resident size of one process, in MiB, and whose it was. */
  readonly largestMiB: number
  readonly largest: string
  /** Distinct processes seen alive; short ones are missed. */
  readonly processes: number
}

const SAMPLE_EVERY_MS = 25
const ENDED = Symbol('ended')

interface Peak {
  readonly mib: number
  readonly command: string
}

/**
 * One cold run, watched from outside and therefore not timed: every suite must have run exactly once.
 * Memory is VmHWM from `/proc`, the kernel's own high-water mark, so that sampling misses no peak
 * of a process it saw near its end.
 */
export async function observe(
  root: string,
  command: string,
  suites: readonly string[],
): Promise<Observation> {
  const trace = join(root, '.git/bench-trace')
  await rm(trace, { force: true })
  const [file = '', ...args] = command.split(' ')
  const startedAt = Date.now()
  const child = spawn(file, args, { cwd: root, env: benchEnv({ [TRACE]: trace }), stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const peaks = new Map<string, Peak>()
  for (let pause: unknown; pause !== ENDED;) {
    await sample(`${TRACE}=${trace}`, peaks)
    pause = await Promise.race([ended.then(() => ENDED), delay(SAMPLE_EVERY_MS)])
  }
  const code = await ended
  if (code !== 0) throw new Error(`${command}: exit ${code} in ${root}`)

  const lines = (await readFile(trace, 'utf8').catch(() => '')).trim().split('\n')
  const ran = new Set(lines.map((line) => line.split(' ')[0]))
  if (lines.length !== suites.length || suites.some((suite) => !ran.has(suite)))
    throw new Error(`${command}: ${suites.length} suites, but test files were loaded ${lines.length} times`)
  const largest = [...peaks.values()].sort((a, b) => b.mib - a.mib)[0] ?? { mib: Number.NaN, command: '' }
  return {
    firstTestMs: Math.min(...lines.map((line) => Number(line.split(' ')[1]))) - startedAt,
    largestMiB: largest.mib,
    largest: largest.command,
    processes: peaks.size,
  }
}

async function sample(marker: string, peaks: Map<string, Peak>): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  await Promise.all(
    pids.map(async (pid) => {
      try {
        if (!peaks.has(pid) && !(await readFile(`/proc/${pid}/environ`, 'utf8')).includes(marker)) return
        const status = await readFile(`/proc/${pid}/status`, 'utf8')
        const kib = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0)
        const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
        if (kib > 0) peaks.set(pid, { mib: kib / 1024, command })
      } catch {
        // It ended meanwhile.
      }
    }),
  )
}
