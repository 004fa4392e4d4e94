import type { UnitId } from '@muster/model'

/** Units that wait for their next attempt. */
export class RetryTimers {
  private readonly timers = new Map<UnitId, NodeJS.Timeout>()

  after(delayMs: number, unit: UnitId, wake: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(unit)
      wake()
    }, delayMs)
    this.timers.set(unit, timer)
  }

  cancel(unit: UnitId): void {
    clearTimeout(this.timers.get(unit))
    this.timers.delete(unit)
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }
}
