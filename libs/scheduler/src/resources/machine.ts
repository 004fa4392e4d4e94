import type { Capacity, Needs } from '@muster/model'
import type { Claim } from './claim.ts'
import { CPUS, WORKERS } from './resource-index.ts'
import { toClaim } from './to-claim.ts'

/**
 * What there is, and what of it is free. Everything is counted in integers (workers, thousandths of a core, bytes,
 * permits), so that what was taken is given back exactly.
 */
export class Machine {
  /** By resource. */
  readonly limits: number[]
  readonly free: number[]
  private readonly capacity: Capacity
  private leastCpus = Number.POSITIVE_INFINITY
  private readonly semaphores = new Map<string, number>()

  constructor(capacity: Capacity) {
    if (!(capacity.workers >= 1)) throw new RangeError(`a run needs a worker, not ${capacity.workers}`)
    this.capacity = capacity
    this.limits = [
      Math.floor(capacity.workers),
      Math.floor(capacity.cpus * 1000),
      Math.floor(capacity.memoryBytes),
    ]
    this.free = [...this.limits]
  }

  claimOf(needs: Needs): Claim {
    const claim = toClaim(needs, this.limits, (name) => this.resourceOf(name))
    const cpus = claim.amounts.find(({ resource }) => resource === CPUS)?.amount ?? 0
    this.leastCpus = Math.min(this.leastCpus, cpus)
    return claim
  }

  /** Not one of the claims so far could fit. */
  get isFull(): boolean {
    return this.free[WORKERS] === 0 || this.free[CPUS]! < this.leastCpus
  }

  fits({ amounts }: Claim): boolean {
    for (const { resource, amount } of amounts) if (amount > this.free[resource]!) return false
    return true
  }

  take({ amounts }: Claim): void {
    for (const { resource, amount } of amounts) this.free[resource]! -= amount
  }

  give({ amounts }: Claim): void {
    for (const { resource, amount } of amounts) this.free[resource]! += amount
  }

  /** Permits in use, by name; names of which none is in use are left out. */
  get semaphoresInUse(): Readonly<Record<string, number>> {
    const used = [...this.semaphores].map(
      ([name, resource]) => [name, this.limits[resource]! - this.free[resource]!] as const,
    )
    return Object.fromEntries(used.filter(([, permits]) => permits > 0))
  }

  private resourceOf(name: string): number {
    const known = this.semaphores.get(name)
    if (known !== undefined) return known
    const resource = this.limits.length
    const declared = Object.hasOwn(this.capacity.semaphores, name) ? this.capacity.semaphores[name]! : 1
    // A semaphore without permits would keep its users waiting for ever.
    const permits = Math.max(1, Math.floor(declared))
    this.limits.push(permits)
    this.free.push(permits)
    this.semaphores.set(name, resource)
    return resource
  }
}
