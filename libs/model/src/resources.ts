/** What one unit takes of a machine while it runs. */
export interface Needs {
  /** Cores it keeps busy; may be a fraction. */
  readonly cpus: number
  /** Expected peak in bytes; 0 when nothing is known. */
  readonly memoryBytes: number
  /** Permits of named semaphores; `exclusive` takes all of a name. */
  readonly semaphores: Readonly<Record<string, number>>
  /** Names that nobody else may use at the same time, whatever their number of permits. */
  readonly exclusive: readonly string[]
}

/** What a machine offers to a run. */
export interface Capacity {
  /** Units at a time; exactly. */
  readonly workers: number
  readonly cpus: number
  readonly memoryBytes: number
  /** Permits by name; a name that isn't here has one. */
  readonly semaphores: Readonly<Record<string, number>>
  /** What the machine is: `linux`, `arm64`, `pi`, … */
  readonly labels: readonly string[]
}

/** What an attempt used, as far as the machine could tell: the sum over its processes. */
export interface Usage {
  readonly cpuMs: number
  /** CPU time over wall time, in cores. */
  readonly averageCpus: number
  /** Largest value over any sampling interval, in cores. */
  readonly peakCpus: number
  /** Proportional set size (cgroup memory where there is one, else RSS). */
  readonly averageMemoryBytes: number
  readonly peakMemoryBytes: number
  readonly readBytes: number
  readonly writtenBytes: number
  /** How often it was looked at; 0 when only the closing figures are known. */
  readonly samples: number
}
