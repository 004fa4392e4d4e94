/** Longer than Nx's event loop is ever blocked: it must read the results before it hears of the exit. */
const LINGER_MS = 5000
/** A stopped Nx waits for nothing but this process. */
const STOPPED_LINGER_MS = 100

/**
 * Ends this batch worker after Nx was sent its results. Nx itself leaves each worker, some 100 MB of it, alive until
 * the whole run is over, and a long run has one for every slice.
 *
 * @param wasStopped asked when the results have been sent: whether a signal has ended the run
 */
export function leaveWhenTold(wasStopped: () => boolean, lingerMs = LINGER_MS): void {
  const send = process.send?.bind(process) as ((...all: readonly unknown[]) => boolean) | undefined
  if (!send) return
  process.send = (message: unknown, ...rest: readonly unknown[]): boolean => {
    if (isEndOfBatch(message))
      setTimeout(() => process.exit(0), wasStopped() ? STOPPED_LINGER_MS : lingerMs).unref()
    return send(message, ...rest)
  }
}

/** Nx's `CompleteBatchExecution`; what it sends for single tasks has a `result`. */
const isEndOfBatch = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'results' in message
