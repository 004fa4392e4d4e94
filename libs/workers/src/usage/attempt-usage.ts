import type { Usage } from '@muster/model'

import type { Gauge } from './gauge.ts'
import { addReadings, neverLess, NOTHING, type Reading } from './reading.ts'
import { UsageMeter } from './usage-meter.ts'

/** What a process that has ended said itself, of its own life. */
export interface ClosingFigures extends Partial<Omit<Reading, 'memoryBytes'>> {
  readonly peakBytes?: number
}

/** What the parts of an attempt use together: set-up and its services, the unit, the tear-down. */
export class AttemptUsage {
  readonly #meter = new UsageMeter(performance.now())
  readonly #running = new Map<Gauge, Reading>()
  #ended: Reading = NOTHING
  #known = false
  readonly startedAt = performance.now()

  open(gauge: Gauge): void {
    this.#running.set(gauge, NOTHING)
  }

  /** Looks at all parts that run; bytes held now. */
  sample(): number {
    let total = this.#ended
    for (const [gauge, before] of this.#running) {
      const now = gauge.read()
      if (!now) continue
      const reading = neverLess(before, now)
      this.#running.set(gauge, reading)
      this.#known = true
      total = addReadings(total, reading)
    }
    if (this.#known && this.#running.size > 0) this.#meter.add(performance.now(), total)
    return total.memoryBytes
  }

  /** The last look at a part, when its processes have ended. */
  close(gauge: Gauge, closing: ClosingFigures = {}): void {
    const last = this.#running.get(gauge)
    if (!last) return
    this.#running.delete(gauge)
    const now = gauge.read()
    const { peakBytes, ...figures } = closing
    const peak = gauge.peak() ?? peakBytes
    if (now || Object.keys(closing).length > 0) this.#known = true
    if (peak !== undefined) this.#meter.notePeak(peak)
    const total = neverLess(neverLess(last, now ?? NOTHING), { ...NOTHING, ...figures })
    this.#ended = addReadings(this.#ended, { ...total, memoryBytes: 0 })
  }

  /** Undefined when nothing could be told. */
  end(): Usage | undefined {
    return this.#known ? this.#meter.end(performance.now(), this.#ended) : undefined
  }

  get peakMemoryBytes(): number {
    return this.#meter.peakMemoryBytes
  }

  get now(): { readonly cpus: number; readonly memoryBytes: number } {
    return this.#meter.now
  }
}
