import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Ability, enableV2, type Place, type Places, v1Abilities, v2Parent } from './abilities.ts'
import { Cell } from './cell.ts'
import { removeCgroup } from './cgroup-tree.ts'
import { type Hierarchy, ownHierarchies } from './hierarchies.ts'
import { poolName } from './pool-name.ts'

/** The cgroups of one pool. Below our own cgroup, so that what limits us limits them. */
export class Cells {
  readonly places: Places
  readonly #folders: readonly string[]
  #count = 0

  constructor(places: Places) {
    this.places = places
    this.#folders = [...new Set(Object.values(places).map(({ folder }) => folder))]
  }

  /** Undefined when the kernel refuses. */
  make(): Cell | undefined {
    if (this.#folders.length === 0) return undefined
    try {
      return new Cell(this.places, String(++this.#count))
    } catch {
      return undefined
    }
  }

  /** Removes them all; those that still have somebody in them stay for the next sweep. */
  close(): void {
    for (const folder of this.#folders) removeCgroup(folder)
  }
}

/** Makes the folders of a pool wherever this process may; without any, its cells are undefined. */
export function openCells(pool: string, hierarchies: readonly Hierarchy[] = reachableHierarchies()): Cells {
  const places: { -readonly [A in Ability]?: Place } = {}
  const name = poolName(pool)
  for (const hierarchy of name === undefined ? [] : hierarchies) {
    const { version } = hierarchy
    const offered = version === 1 ? v1Abilities(hierarchy).filter((each) => !places[each]) : undefined
    if (offered?.length === 0) continue
    const folder = join(parentIn(hierarchy), name ?? '')
    if (!canMake(folder)) continue
    for (const ability of offered ?? enableV2(folder)) places[ability] ??= { version, folder }
  }
  return new Cells(places)
}

/** Those in which this process can be found; none without Linux. */
export function reachableHierarchies(): Hierarchy[] {
  try {
    const [cgroups, mounts] = ['cgroup', 'mountinfo'].map((file) =>
      readFileSync(`/proc/self/${file}`, 'utf8'),
    )
    return ownHierarchies(cgroups ?? '', mounts ?? '')
  } catch {
    return []
  }
}

/** Where pools make their folders. */
export const parentIn = ({ version, folder }: Hierarchy): string =>
  version === 2 ? v2Parent(folder) : folder

function canMake(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}
