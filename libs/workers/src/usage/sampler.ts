const YOUNG_MS = 1000
const WHILE_YOUNG_MS = 100
const LATER_MS = 500
const WHILE_URGENT_MS = 50
/** Looking may take this share of one core, whatever it costs here. */
const LARGEST_SHARE = 0.01
const LARGEST_URGENT_SHARE = 0.05

export interface Sampled {
  /** Of `performance.now()`. */
  readonly startedAt: number
  /** Something is to be stopped by what is seen; the later, the worse. */
  readonly isUrgent: boolean
  sample(): void
}

/** One timer for everything that runs: often while something is young, and never so often that it costs. */
export class Sampler {
  readonly #sampled = new Set<Sampled>()
  #timer: NodeJS.Timeout | undefined
  #due = Infinity
  #costMs = 0

  /** Returns the way to stop. */
  add(sampled: Sampled): () => void {
    this.#sampled.add(sampled)
    this.#plan()
    return () => {
      this.#sampled.delete(sampled)
      if (this.#sampled.size === 0) this.#cancel()
    }
  }

  #cancel(): void {
    clearTimeout(this.#timer)
    this.#due = Infinity
  }

  /** Never later than planned before: units that come quicker than the interval mustn't put it off for ever. */
  #plan(): void {
    const now = performance.now()
    const due = now + this.#pause(now)
    if (due >= this.#due) return
    this.#cancel()
    this.#due = due
    this.#timer = setTimeout(() => this.#look(), due - now).unref()
  }

  #pause(now: number): number {
    const sampled = [...this.#sampled]
    if (sampled.some(({ isUrgent }) => isUrgent))
      return Math.max(WHILE_URGENT_MS, this.#costMs / LARGEST_URGENT_SHARE)
    const isYoung = sampled.some(({ startedAt }) => now - startedAt < YOUNG_MS)
    return Math.max(isYoung ? WHILE_YOUNG_MS : LATER_MS, this.#costMs / LARGEST_SHARE)
  }

  #look(): void {
    const start = performance.now()
    for (const each of this.#sampled) {
      try {
        each.sample()
      } catch {
        // What can't be measured must not fail what is measured; the next look may see it again.
      }
    }
    // Smoothed: the first look of all is dear, and any may be interrupted by other processes.
    this.#costMs = (this.#costMs + performance.now() - start) / 2
    this.#due = Infinity
    if (this.#sampled.size > 0) this.#plan()
  }
}
