import { PerformanceObserver } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'

/** Adds up what the garbage collector takes. */
export interface GcWatch {
  /** Milliseconds since the last call. */
  readonly take: () => Promise<number>
}

export function watchGc(): GcWatch {
  let total = 0
  const add = (entries: readonly { readonly duration: number }[]): void => {
    for (const { duration } of entries) total += duration
  }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  return {
    async take() {
      // What was collected last is told in the next turns of the event loop.
      await setImmediate()
      await setImmediate()
      add(observer.takeRecords())
      const taken = total
      total = 0
      return taken
    },
  }
}
