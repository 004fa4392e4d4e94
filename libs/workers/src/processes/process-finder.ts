import type { Cell } from '../cgroups/cell.ts'
import { isOfPool, tokensOf } from './marker.ts'
import { commandLine, HAS_PROC, procPids, procRow, psRows, readProc } from './process-table.ts'

export interface FoundProcess {
  readonly pid: number
  readonly command: string
}

export interface Wanted {
  /** Markers, exactly. */
  readonly tokens: readonly string[]
  /** Leader of the process group that the wanted ones were started in. */
  readonly group?: number
  /** Not this one, though it is in the group. */
  readonly except?: number
  /** The cgroup that they were started in. Unlike the rest, nobody gets out of it by accident. */
  readonly cell?: Cell
  /** Processes in the cell from before, which aren't wanted. */
  readonly before?: ReadonlySet<number>
}

const FOREIGN = 3

/**
 * Finds what belongs to an attempt: by marker, what has lost its environment by group and parent, and where there
 * are cgroups, what has lost all of that, too.
 *
 * A pass reads `environ` only of pids that earlier passes didn't know: a process that belongs to
 * somebody else stays so. (A pid could be reused between two passes; the kernel hands them out in
 * order, so that needs a whole round of the pid space within one unit. `close` looks at all again.)
 */
export class ProcessFinder {
  readonly #pool: string
  /** Sightings as foreign by pid; an empty environment may be a process in the middle of exec, so it counts slowly. */
  #foreign = new Map<number, number>()
  readonly #hosts = new Set<number>()

  constructor(pool: string) {
    this.#pool = pool
  }

  /** Hosts and shells of ours, whose children are never taken for somebody else's. */
  addHost(pid: number): void {
    this.#hosts.add(pid)
  }

  removeHost(pid: number): void {
    this.#hosts.delete(pid)
  }

  find(wanted: Wanted): FoundProcess[] {
    if (!HAS_PROC) return findWithPs(wanted)
    return this.pids(wanted).map((pid) => ({ pid, command: commandLine(pid) }))
  }

  /** The same, as quickly as it goes; nothing without `/proc`. */
  pids(wanted: Wanted): number[] {
    return HAS_PROC ? this.#findInProc(wanted) : []
  }

  /** Everything that carries a marker of this pool. Looks at all processes. */
  findAll(): FoundProcess[] {
    if (!HAS_PROC) return []
    return procPids()
      .filter((pid) =>
        tokensOf(readProc(pid, 'environ') ?? Buffer.alloc(0)).some((t) => isOfPool(this.#pool, t)),
      )
      .filter((pid) => procRow(pid)?.zombie === false)
      .map((pid) => ({ pid, command: commandLine(pid) }))
  }

  #findInProc({ tokens, group, except, cell, before }: Wanted): number[] {
    const found = new Set<number>()
    const foreign = new Map<number, number>()
    for (const pid of procPids()) {
      const known = this.#foreign.get(pid) ?? 0
      if (known >= FOREIGN) {
        foreign.set(pid, known)
        continue
      }
      const environ = readProc(pid, 'environ')
      const marks = environ ? tokensOf(environ) : []
      if (marks.some((mark) => tokens.includes(mark))) found.add(pid)
      else if (!marks.some((mark) => isOfPool(this.#pool, mark))) {
        const row = procRow(pid)
        if (!row) continue
        if (row.group === group || row.parent === group || found.has(row.parent)) found.add(pid)
        else if (!this.#hosts.has(row.group) && !this.#hosts.has(row.parent))
          foreign.set(pid, environ?.length === 0 ? known + 1 : FOREIGN)
      }
    }
    this.#foreign = foreign
    for (const pid of cell?.pids() ?? []) if (before?.has(pid) !== true) found.add(pid)
    if (except !== undefined) found.delete(except)
    return [...found].filter((pid) => procRow(pid)?.zombie === false)
  }
}

/** Without environments: the group, and the children of what was found. A daemon with its own session escapes. */
function findWithPs({ group, except }: Wanted): FoundProcess[] {
  if (group === undefined || process.platform === 'win32') return []
  const rows = psRows()
  const found = new Set([group])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const row of rows) if (row.group === group || found.has(row.parent)) found.add(row.pid)
  }
  return rows.filter((row) => found.has(row.pid) && row.pid !== except && !row.zombie)
}
