import type { Outcome, Usage } from '@muster/model'

import type { Cell } from './cgroups/cell.ts'
import { limitHits, oomKills } from './cgroups/cell-memory.ts'
import type { Cells } from './cgroups/cells.ts'
import { limitCell, refusedProcesses } from './cgroups/limit-cell.ts'
import { memoryCrash, nearLimit, type Limits } from './limits.ts'
import { HAS_PROC } from './processes/process-table.ts'
import { AttemptUsage, type ClosingFigures } from './usage/attempt-usage.ts'
import type { Sampled } from './usage/sampler.ts'
import { BLIND, cellGauge, procGauge } from './usage/gauge.ts'

/** A process of the attempt with all that it starts. */
export interface WatchedPart {
  /** Call it when its processes have ended, or belong to it no longer. */
  close(closing?: ClosingFigures): void
}

/** Measures the processes of one attempt and holds them to its limits. */
export class AttemptWatch implements Sampled {
  readonly startedAt = performance.now()
  readonly #cells: Cells
  readonly #limits: Limits
  readonly #onOverMemory: () => void
  readonly #usage = new AttemptUsage()
  readonly #kills = new Map<Cell, number>()
  readonly #unenforced = new Set<keyof Limits>()
  #oomKills = 0
  #limitHits = 0
  #seenOver = false
  #refused = 0

  /** @param onOverMemory called when the limit is exceeded while something runs */
  constructor(cells: Cells, limits: Limits, onOverMemory: () => void) {
    this.#cells = cells
    this.#limits = limits
    this.#onOverMemory = onOverMemory
  }

  /** For something to be started in; undefined where there are no cgroups. */
  makeCell(): Cell | undefined {
    const cell = this.#cells.make()
    this.limit(cell)
    return cell
  }

  /** Holds what is in the cell to the attempt's limits. */
  limit(cell: Cell | undefined): void {
    if (Object.keys(this.#limits).length === 0) return
    for (const name of limitCell(cell, this.#limits)) this.#unenforced.add(name)
  }

  /** For a cell that lives longer than the attempt. */
  lift(cell: Cell | undefined): void {
    if (Object.keys(this.#limits).length > 0) limitCell(cell, {})
  }

  /** @param find the part's processes, where there is no cell */
  open(cell: Cell | undefined, find: () => readonly number[]): WatchedPart {
    const gauge = cell ? cellGauge(cell) : HAS_PROC ? procGauge(find) : BLIND
    this.#usage.open(gauge)
    const before = troubleIn(cell)
    if (cell) this.#kills.set(cell, before.kills)
    return {
      close: (closing) => {
        this.#usage.close(gauge, closing)
        if (!cell) return
        this.#kills.delete(cell)
        const after = troubleIn(cell)
        this.#oomKills += after.kills - before.kills
        this.#limitHits += after.limitHits - before.limitHits
        this.#refused += after.refused - before.refused
      },
    }
  }

  /** Without the kernel's help a limit of memory is held to by looking. */
  get isUrgent(): boolean {
    return this.#unenforced.has('memoryBytes')
  }

  sample(): void {
    const held = this.#usage.sample()
    const { memoryBytes } = this.#limits
    if (memoryBytes === undefined) return
    const isOver = this.isUrgent && held > memoryBytes
    if (!isOver && ![...this.#kills].some(([cell, before]) => killsIn(cell) > before)) return
    this.#seenOver = true
    this.#onOverMemory()
  }

  get now(): { readonly cpus: number; readonly memoryBytes: number } {
    return this.#usage.now
  }

  usage(): Usage | undefined {
    return this.#usage.end()
  }

  /** What a unit's own end means, now that it is known whether the kernel refused it memory. */
  verdict(outcome: Outcome): Outcome {
    const { memoryBytes } = this.#limits
    const crashed = outcome.status === 'crashed'
    if (memoryBytes !== undefined) {
      // Version 1 doesn't kill who asks by a system call: that fails, and the program may end by itself.
      const isOver = this.#oomKills > 0 || (crashed && (this.#limitHits > 0 || this.#seenOver))
      if (isOver && outcome.status !== 'aborted') return memoryCrash(memoryBytes)
      return crashed ? nearLimit(outcome, this.#usage.peakMemoryBytes, memoryBytes) : outcome
    }
    if (this.#oomKills === 0 || !crashed) return outcome
    return { ...outcome, message: `${outcome.message}; ${LACK}` }
  }

  /** For people. */
  notes(outcome: Outcome): string[] {
    const { memoryBytes, processes } = this.#limits
    const notes: string[] = []
    if (this.#oomKills > 0 && memoryBytes === undefined && outcome.status !== 'crashed') notes.push(LACK)
    if (this.#refused > 0)
      notes.push(`could not start ${this.#refused} times what exceeded its limit of ${processes} processes`)
    return notes
  }

  /** Limits that nobody holds it to on this machine. */
  get unenforced(): readonly (keyof Limits)[] {
    return [...this.#unenforced].filter((name) => name !== 'memoryBytes' || !HAS_PROC)
  }
}

const LACK = 'the kernel killed a process of it, as the machine or container ran out of memory'

interface Trouble {
  readonly kills: number
  readonly limitHits: number
  readonly refused: number
}

function troubleIn(cell: Cell | undefined): Trouble {
  const place = cell?.at('memory')
  return {
    kills: killsIn(cell),
    limitHits: place ? limitHits(place) : 0,
    refused: cell ? refusedProcesses(cell) : 0,
  }
}

function killsIn(cell: Cell | undefined): number {
  const place = cell?.at('memory')
  return place ? oomKills(place) : 0
}
