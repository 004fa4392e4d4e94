/** What a unit would need with the machine to itself. */
export interface FluidUnit {
  readonly ms: number
  /** Share of that time that is CPU time, 0..1; the rest is waiting. */
  readonly cpuShare: number
}

export interface FluidResult {
  readonly durationMs: number
  /** Mean number of units while it ran, itself included, over cores. */
  readonly busy: number
}

interface Running {
  readonly index: number
  readonly cpuShare: number
  readonly startMs: number
  /** Of its own time. */
  leftMs: number
  area: number
}

/**
 * Units in the given order on so many workers: cores are shared evenly among those that want one, waiting isn't slowed
 * down. Work is conserved, so this is not the estimator's own model, which knows only the number of units.
 */
export function runFluid(units: readonly FluidUnit[], workers: number, cpus: number): FluidResult[] {
  const results: FluidResult[] = []
  const waiting = units.map((unit, index) => ({ ...unit, index }))
  const running: Running[] = []
  let now = 0
  for (;;) {
    while (running.length < workers) {
      const unit = waiting.shift()
      if (!unit) break
      running.push({ index: unit.index, cpuShare: unit.cpuShare, startMs: now, leftMs: unit.ms, area: 0 })
    }
    if (running.length === 0) return results
    const stretch = stretchOf(running, cpus)
    const speeds = running.map(({ cpuShare }) => 1 / (1 - cpuShare + cpuShare * stretch))
    const step = Math.min(...running.map(({ leftMs }, index) => leftMs / (speeds[index] ?? 1)))
    now += step
    for (const [index, unit] of running.entries()) {
      unit.leftMs -= step * (speeds[index] ?? 1)
      unit.area += (step * running.length) / cpus
    }
    for (const unit of running.filter(({ leftMs }) => leftMs < 1e-6)) {
      running.splice(running.indexOf(unit), 1)
      const durationMs = now - unit.startMs
      results[unit.index] = { durationMs, busy: durationMs > 0 ? unit.area / durationMs : 1 }
    }
  }
}

/** How many times longer CPU time takes, so that no more cores are used than there are. By bisection. */
function stretchOf(units: readonly { readonly cpuShare: number }[], cpus: number): number {
  const used = (stretch: number): number =>
    units.reduce((sum, { cpuShare }) => sum + cpuShare / (1 - cpuShare + cpuShare * stretch), 0)
  if (used(1) <= cpus) return 1
  let [low, high] = [1, units.length / cpus + 1]
  while (high - low > 1e-4) {
    const middle = (low + high) / 2
    if (used(middle) > cpus) low = middle
    else high = middle
  }
  return high
}
