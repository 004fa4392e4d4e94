/** How many units ran at a time, over any stretch of time: what a duration was measured under. */
export class BusyMeter {
  private running = 0
  private area = 0
  private lastAt = 0

  /** @returns a function that ends it and tells the mean number of units that ran meanwhile, itself included */
  begin(nowMs: number): (nowMs: number) => number {
    this.advance(nowMs)
    this.running++
    const [startedAt, areaBefore] = [nowMs, this.area]
    return (endMs) => {
      this.advance(endMs)
      const mean = endMs > startedAt ? (this.area - areaBefore) / (endMs - startedAt) : this.running
      this.running--
      return mean
    }
  }

  private advance(nowMs: number): void {
    this.area += this.running * Math.max(0, nowMs - this.lastAt)
    this.lastAt = Math.max(this.lastAt, nowMs)
  }
}
