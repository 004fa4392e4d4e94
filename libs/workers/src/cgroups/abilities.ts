import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { readControl, writeControl } from './control-file.ts'
import type { Hierarchy } from './hierarchies.ts'

/** What cgroups are used for here. */
export type Ability = 'cpuTime' | 'memory' | 'kill' | 'io' | 'cpus' | 'processes'

/** A folder with the cgroups of one pool in it. */
export interface Place {
  readonly version: 1 | 2
  readonly folder: string
}

export type Places = { readonly [A in Ability]?: Place }

const V1: Readonly<Record<string, Ability>> = {
  memory: 'memory',
  cpuacct: 'cpuTime',
  freezer: 'kill',
  cpu: 'cpus',
  pids: 'processes',
}

/** What a version 1 hierarchy could do. */
export function v1Abilities({ controllers, folder }: Hierarchy): Ability[] {
  return controllers.flatMap((name) => {
    const ability = V1[name]
    // Without this a child's memory doesn't count in its parent: it would escape the parent's limit.
    if (ability === undefined || (name === 'memory' && !isHierarchical(folder))) return []
    return [ability]
  })
}

const isHierarchical = (folder: string): boolean =>
  readControl(folder, 'memory.use_hierarchy')?.trim() !== '0'

const V2: Readonly<Record<string, Ability>> = {
  memory: 'memory',
  cpu: 'cpus',
  pids: 'processes',
  io: 'io',
}

/** What the children of this version 2 folder can do, which is ours and has no process in it. Turns it on. */
export function enableV2(folder: string): Ability[] {
  const controllers = (readControl(folder, 'cgroup.controllers') ?? '').split(/\s+/)
  const enabled = controllers.flatMap((name): Ability[] => {
    const ability = V2[name]
    return ability !== undefined && writeControl(folder, 'cgroup.subtree_control', `+${name}`)
      ? [ability]
      : []
  })
  if (existsSync(join(folder, 'cpu.stat'))) enabled.push('cpuTime')
  if (existsSync(join(folder, 'cgroup.kill'))) enabled.push('kill')
  return enabled
}

/**
 * Where in version 2 to make our folder. A cgroup with processes in it, as ours is, can't give controllers
 * to children of its own ("no internal processes"); its parent can. Going there is right only where systemd
 * has given the tree to the user, and where our own cgroup limits nothing: what runs there would escape it.
 */
export function v2Parent(own: string): string {
  const parent = dirname(own)
  const given = /\/user@\d+\.service\//.test(own) && !own.includes('/muster-')
  const unlimited = ['memory.max', 'memory.high', 'pids.max', 'cpu.max'].every((file) =>
    /^max\b/.test(readControl(own, file) ?? 'max'),
  )
  const hasControllers = (readControl(parent, 'cgroup.subtree_control') ?? '').includes('memory')
  return given && unlimited && hasControllers ? parent : own
}
