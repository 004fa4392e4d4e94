import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The CPU time of whatever is started in it, also of what leaves its process tree. */
export interface CpuAccount {
  /** Put before a command, it runs the command in here. */
  readonly prefix: readonly string[]
  /** User and system time so far, seconds. */
  read(): number
  close(): void
}

const ROOT = '/sys/fs/cgroup'

/** A cgroup, version 1 or 2; undefined where none can be made. */
export function openCpuAccount(name: string): CpuAccount | undefined {
  const parent = ownFolder()
  if (parent === undefined) return undefined
  const folder = join(parent, `bench-${process.pid}-${name}`)
  const procs = join(folder, 'cgroup.procs')
  try {
    mkdirSync(folder)
    // Nobody enters: a look whether one could.
    writeFileSync(procs, '')
  } catch {
    return undefined
  }
  return {
    prefix: ['sh', '-c', `echo $$ > ${procs} && exec "$@"`, 'sh'],
    read: () => cpuSeconds(folder),
    close() {
      try {
        rmdirSync(folder)
      } catch {
        // Something still runs in it; an empty cgroup that stays costs nothing.
      }
    },
  }
}

function ownFolder(): string | undefined {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n')
  const pathOf = (controllers: RegExp): string | undefined =>
    lines.map((line) => line.split(':')).find(([, names = '']) => controllers.test(names))?.[2]
  const [v1, v2] = [pathOf(/\bcpuacct\b/), pathOf(/^$/)]
  if (v1 !== undefined && existsSync(join(ROOT, 'cpuacct'))) return join(ROOT, 'cpuacct', v1)
  return v2 === undefined ? undefined : join(ROOT, v2)
}

function cpuSeconds(folder: string): number {
  const v1 = join(folder, 'cpuacct.usage')
  if (existsSync(v1)) return Number(readFileSync(v1, 'utf8')) / 1e9
  const stat = readFileSync(join(folder, 'cpu.stat'), 'utf8')
  return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) / 1e6
}
