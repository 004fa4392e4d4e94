import { openCells } from './cgroups/cells.ts'
import { newToken } from './processes/marker.ts'
import { HAS_PROC } from './processes/process-table.ts'

const NAMES = {
  cpuTime: 'cpu time',
  memory: 'memory',
  io: 'I/O',
  cpus: 'limits of cpus',
  processes: 'limits of processes',
  kill: 'killing',
} as const

/** One line for people: what measures and limits units on this machine. Makes a cgroup and removes it again. */
export function describeMonitoring(): string {
  const cells = openCells(newToken())
  const found = Object.entries(cells.places)
  cells.close()
  if (found.length === 0) return HAS_PROC ? `no cgroups: ${WITH_PROC}` : `no cgroups: ${WITHOUT}`
  const versions = [2, 1].flatMap((version) => {
    const names = found.filter(([, place]) => place.version === version)
    const list = names.map(([ability]) => NAMES[ability as keyof typeof NAMES]).join(', ')
    return names.length > 0 ? [`v${version} for ${list}`] : []
  })
  return `cgroups: ${versions.join('; ')}`
}

const WITH_PROC =
  'none can be made here; units are measured by /proc, which also holds them to limits of memory alone'
const WITHOUT = 'this system has none; units are measured as far as they can tell themselves, without limits'
