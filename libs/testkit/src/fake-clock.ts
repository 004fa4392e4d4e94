interface Timer {
  readonly due: number
  readonly order: number
  readonly fire: () => void
}

/** Time that moves only when told. Timers fire in order of their due time, equal ones in order of creation. */
export class FakeClock {
  #now: number
  #order = 0
  readonly #timers = new Set<Timer>()

  constructor(startAt = 0) {
    this.#now = startAt
  }

  /** Milliseconds. */
  now(): number {
    return this.#now
  }

  /** Number of timers that have not fired. */
  get pending(): number {
    return this.#timers.size
  }

  /** @returns a function that cancels the timer; calling it late does nothing */
  after(ms: number, fire: () => void): () => void {
    const timer = { due: this.#now + Math.max(0, ms), order: this.#order++, fire }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /**
   * Moves time forward. After each timer the promises it resolved get to run, so that a timer they
   * start inside the span fires within this call too.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#timers.delete(timer)
      this.#now = timer.due
      timer.fire()
      await settle()
    }
    this.#now = end
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.due > end) continue
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order))
        first = timer
    }
    return first
  }
}

/** One turn of the event loop: every promise that can settle without I/O has settled. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
