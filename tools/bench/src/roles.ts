import type { Watched } from './observe.ts'

/** Whose process it is, by its command line; the first that matches. */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/plugin-worker\.js/, "Nx's plugin workers"],
  [/run-batch\.js/, 'batch worker'],
  [/coordinator\/main\.js/, 'coordinator'],
  [/host\/main\.js/, 'hosts, with the tests'],
  [/options-process\.js/, "mocha's options"],
  [/pack-warmer\.js|build-pack\.js|esbuild/, 'packs for later runs'],
  [/\/nx(\.js)?( |$)|run-nx\.js/, 'nx'],
  [/\/muster /, 'muster run'],
]

export interface RoleCost {
  readonly role: string
  readonly processes: number
  readonly cpuMs: number
  /** Of the largest of them. */
  readonly mib: number
}

/** What a run's processes used, by what they are for; the costliest first. */
export function costOfRoles(processes: readonly Watched[]): RoleCost[] {
  const costs = new Map<string, RoleCost>()
  for (const { command, cpuMs, mib } of processes) {
    const role = ROLES.find(([pattern]) => pattern.test(command))?.[1] ?? 'others'
    const known = costs.get(role)
    costs.set(role, {
      role,
      processes: (known?.processes ?? 0) + 1,
      cpuMs: (known?.cpuMs ?? 0) + cpuMs,
      mib: Math.max(known?.mib ?? 0, mib),
    })
  }
  return [...costs.values()].toSorted((a, b) => b.cpuMs - a.cpuMs)
}
