import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Ability, Place, Places } from './abilities.ts'
import { killCgroup, pidsIn, removeCgroup } from './cgroup-tree.ts'
import { writeControl } from './control-file.ts'

/** What every cell has from its start. A cpu cgroup changes how time is shared out: only on demand. */
const ALWAYS: readonly Ability[] = ['cpuTime', 'memory', 'kill', 'io']

/** One cgroup in each hierarchy that is needed: what one process and all its descendants run in. */
export class Cell {
  readonly #places: Places
  readonly #name: string
  readonly #folders = new Set<string>()

  /** Throws when a folder can't be made. */
  constructor(places: Places, name: string) {
    this.#places = places
    this.#name = name
    try {
      for (const ability of ALWAYS) this.#make(places[ability])
    } catch (error) {
      this.remove()
      throw error
    }
  }

  /** Where an ability's files are; undefined when there are none here. */
  at(ability: Ability): Place | undefined {
    const place = this.#places[ability]
    if (!place) return undefined
    const folder = join(place.folder, this.#name)
    return this.#folders.has(folder) ? { version: place.version, folder } : undefined
  }

  /** The same, made when it isn't there yet; who is in the cell comes along. */
  demand(ability: Ability): Place | undefined {
    if (this.at(ability)) return this.at(ability)
    const pids = this.pids()
    try {
      this.#make(this.#places[ability])
    } catch {
      return undefined
    }
    const place = this.at(ability)
    if (place) for (const pid of pids) writeControl(place.folder, 'cgroup.procs', String(pid))
    return place
  }

  #make(place: Place | undefined): void {
    if (!place) return
    const folder = join(place.folder, this.#name)
    if (this.#folders.has(folder)) return
    mkdirSync(folder)
    this.#folders.add(folder)
  }

  /**
   * Files to which a process writes `0` to be in the cell. Moving takes the kernel some milliseconds, in which
   * it only waits; whoever moves himself can't have started anything before.
   */
  get entrances(): string[] {
    return [...this.#folders].map((folder) => join(folder, 'cgroup.procs'))
  }

  /** Moves a process. One that has gone is no error. */
  async add(pid: number): Promise<void> {
    for (const entrance of this.entrances) await writeFile(entrance, String(pid)).catch(() => undefined)
  }

  pids(): number[] {
    const folder = this.#inner
    return folder === undefined ? [] : pidsIn(folder)
  }

  /** SIGKILL to all but `spare`; what is dying may still be seen by `pids`. */
  kill(spare: ReadonlySet<number>): void {
    const folder = this.#inner
    if (folder !== undefined) killCgroup(folder, spare)
  }

  get #inner(): string | undefined {
    return this.at('kill')?.folder ?? this.#folders.values().next().value
  }

  /** False when somebody in it is still alive. */
  remove(): boolean {
    return [...this.#folders].map((folder) => removeCgroup(folder)).every(Boolean)
  }
}
