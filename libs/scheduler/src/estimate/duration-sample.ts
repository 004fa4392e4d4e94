/** How long one passed execution of a suite took, and what is known of the circumstances. */
export interface DurationSample {
  /** Wall time in ms. */
  readonly durationMs: number
  /** Milliseconds since the epoch; absent in samples of old. */
  readonly at?: number
  /** Class of the machine; machines of one class are taken to be equally fast; absent: this one. */
  readonly machine?: string
  /** CPU time of all its processes in ms. */
  readonly cpuMs?: number
  /** Mean number of units that ran at the same time on the machine, itself included, over its cores. */
  readonly busy?: number
}
