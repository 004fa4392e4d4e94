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
  readonly processes: readonly Watched[]
}

const SAMPLE_EVERY_MS = 25
const ENDED = Symbol('ended')

/** A process, as it was seen last. */
export interface Watched {
  readonly command: string
  /** Peak resident size. */
  readonly mib: number
  /** User and system, to the last look and in the kernel's steps of 10 ms. */
  readonly cpuMs: number
}

const MS_PER_TICK = 10

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
  const watched = new Map<string, Watched>()
  for (let pause: unknown; pause !== ENDED;) {
    await sample(`${TRACE}=${trace}`, watched)
    pause = await Promise.race([ended.then(() => ENDED), delay(SAMPLE_EVERY_MS)])
  }
  const code = await ended
  if (code !== 0) throw new Error(`${command}: exit ${code} in ${root}`)

  const lines = (await readFile(trace, 'utf8').catch(() => '')).trim().split('\n')
  const ran = new Set(lines.map((line) => line.split(' ')[0]))
  if (lines.length !== suites.length || suites.some((suite) => !ran.has(suite)))
    throw new Error(`${command}: ${suites.length} suites, but test files were loaded ${lines.length} times`)
  const processes = [...watched.values()]
  const largest = processes.toSorted((a, b) => b.mib - a.mib)[0]
  return {
    firstTestMs: Math.min(...lines.map((line) => Number(line.split(' ')[1]))) - startedAt,
    largestMiB: largest?.mib ?? Number.NaN,
    largest: largest?.command ?? '',
    processes,
  }
}

async function sample(marker: string, watched: Map<string, Watched>): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  await Promise.all(
    pids.map(async (pid) => {
      try {
        if (!watched.has(pid) && !(await readFile(`/proc/${pid}/environ`, 'utf8')).includes(marker)) return
        const status = await readFile(`/proc/${pid}/status`, 'utf8')
        const kib = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0)
        const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
        const cpuMs = cpuOf(await readFile(`/proc/${pid}/stat`, 'utf8'))
        if (kib > 0) watched.set(pid, { mib: kib / 1024, command, cpuMs })
      } catch {
        // It ended meanwhile.
      }
    }),
  )
}

/** utime and stime: fields 14 and 15 of `pid (name) state ppid …`. */
function cpuOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
}
