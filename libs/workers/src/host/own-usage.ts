import fs from 'node:fs'

// Taken before any test code runs, which may replace them.
const { readFileSync } = fs
const cpuUsage = process.cpuUsage.bind(process)
const resourceUsage = process.resourceUsage.bind(process)
const rss = process.memoryUsage.rss.bind(process.memoryUsage)

/** Linux shows times in hundredths of a second to programs, whatever its own clock. */
const MS_PER_TICK = 10

/** What this process, and the children that it has waited for, used between two moments. */
export interface OwnUsage {
  readonly cpuMs: number
  readonly readBytes: number
  readonly writtenBytes: number
  /** Of this process alone; when others before had more, what it holds at the end. */
  readonly peakBytes: number
}

/** Begins to count; the function that it returns tells what was used until then. */
export function startOwnUsage(): () => OwnUsage {
  const start = totals()
  return () => {
    const end = totals()
    return {
      cpuMs: end.cpuMs - start.cpuMs,
      readBytes: end.readBytes - start.readBytes,
      writtenBytes: end.writtenBytes - start.writtenBytes,
      peakBytes: end.peakBytes > start.peakBytes ? end.peakBytes : rss(),
    }
  }
}

function totals(): OwnUsage {
  const { user, system } = cpuUsage()
  const io = procText('io')
  const field = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? 0)
  return {
    cpuMs: (user + system) / 1000 + childrenMs(),
    readBytes: field('read_bytes'),
    writtenBytes: field('write_bytes'),
    peakBytes: resourceUsage().maxRSS * 1024,
  }
}

/** cutime and cstime: fields 16 and 17 of `pid (name) state ppid …`. */
function childrenMs(): number {
  const stat = procText('stat')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * MS_PER_TICK
}

/** Nothing where there is no `/proc`. */
function procText(file: 'io' | 'stat'): string {
  try {
    return readFileSync(`/proc/self/${file}`, 'latin1')
  } catch {
    return ''
  }
}
