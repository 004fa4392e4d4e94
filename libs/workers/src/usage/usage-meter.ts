import type { Usage } from '@muster/model'

import { NOTHING, type Reading } from './reading.ts'

/** Ticks of the clock and of the scheduler would make a shorter interval show more cores than there are. */
const SHORTEST_INTERVAL_MS = 50

/** Folds readings of an attempt, in the order of their time, into its usage. Times are milliseconds of any one clock. */
export class UsageMeter {
  readonly #start: number
  #at: number
  #last: Reading = NOTHING
  #samples = 0
  /** ∫ memory dt, over the intervals that were looked at. */
  #memoryMs = 0
  #peakMemory = 0
  #peakCpus = 0
  #mark: { readonly at: number; readonly cpuMs: number }
  #cpus = 0

  constructor(start: number) {
    this.#start = start
    this.#at = start
    this.#mark = { at: start, cpuMs: 0 }
  }

  add(at: number, reading: Reading): void {
    this.#samples++
    // What is seen now stands for the time since one looked before.
    this.#memoryMs += reading.memoryBytes * (at - this.#at)
    this.#peakMemory = Math.max(this.#peakMemory, reading.memoryBytes)
    this.#advance(at, reading)
    this.#at = at
  }

  /** A peak that somebody else watched for us. */
  notePeak(memoryBytes: number): void {
    this.#peakMemory = Math.max(this.#peakMemory, memoryBytes)
  }

  get peakMemoryBytes(): number {
    return this.#peakMemory
  }

  #advance(at: number, reading: Reading): void {
    const elapsed = at - this.#mark.at
    if (elapsed >= SHORTEST_INTERVAL_MS) {
      this.#cpus = Math.max(0, reading.cpuMs - this.#mark.cpuMs) / elapsed
      this.#peakCpus = Math.max(this.#peakCpus, this.#cpus)
      this.#mark = { at, cpuMs: reading.cpuMs }
    }
    this.#last = reading
  }

  /** Over the last interval: cores that were busy, bytes that were held. */
  get now(): { readonly cpus: number; readonly memoryBytes: number } {
    return { cpus: this.#cpus, memoryBytes: this.#last.memoryBytes }
  }

  /** @param closing what was used in all; its memory isn't looked at, as the processes are gone by then */
  end(at: number, closing: Reading): Usage {
    this.#advance(at, closing)
    const averageCpus = closing.cpuMs / Math.max(1, at - this.#start)
    const watched = this.#at - this.#start
    return {
      cpuMs: closing.cpuMs,
      averageCpus,
      peakCpus: Math.max(this.#peakCpus, averageCpus),
      averageMemoryBytes: Math.round(watched > 0 ? this.#memoryMs / watched : this.#peakMemory),
      peakMemoryBytes: this.#peakMemory,
      readBytes: closing.readBytes,
      writtenBytes: closing.writtenBytes,
      samples: this.#samples,
    }
  }
}
