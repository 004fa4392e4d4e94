import { readdir, readFile } from 'node:fs/promises'

export interface FoundProcess {
  readonly pid: number
  readonly command: string
}

/**
 * Live processes whose environment holds `marker` (`NAME=value`, whole entry), this one excluded. It finds
 * what left its process group or session, which killing a group misses. Reads `/proc`: Linux only.
 * Zombies don't count, they are dead and wait for their parent.
 */
export async function processesWithEnv(marker: string): Promise<FoundProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(pids.map((pid) => inspect(pid, marker)))
  return found.filter((each) => each !== undefined)
}

async function inspect(pid: string, marker: string): Promise<FoundProcess | undefined> {
  try {
    const environ = await readFile(`/proc/${pid}/environ`, 'utf8')
    if (!environ.split('\0').includes(marker)) return undefined
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything, so look behind its last ')'.
    if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return undefined
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()
    return { pid: Number(pid), command }
  } catch {
    // Gone meanwhile, or another user's.
    return undefined
  }
}
