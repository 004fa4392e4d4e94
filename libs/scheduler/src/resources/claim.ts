/** One entry of a claim: so much of the resource with this index in the machine's table. */
export interface Amount {
  readonly resource: number
  /** In the resource's own integers, > 0 and never above its limit. */
  readonly amount: number
}

/** What a unit takes of the machine. */
export interface Claim {
  readonly amounts: readonly Amount[]
  /** Names of the semaphores among them, exclusive ones included. */
  readonly semaphores: readonly string[]
  /** The same for claims that differ at most by 6 % of memory, which is as good as not at all. */
  readonly lane: string
  /** The largest part that it takes of workers, cpus or memory, 0 < share ≤ 1. */
  readonly share: number
  /** How far that goes beyond one worker's part: 0 for whoever takes no more, 1 for the whole machine of several workers. */
  readonly width: number
}
