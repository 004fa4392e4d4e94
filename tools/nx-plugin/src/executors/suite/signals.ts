import type { RunSession } from './run-session.ts'

let received = 0

/** Whether this process was told to stop while it forwarded signals. */
export const wasStopped = (): boolean => received > 0

/**
 * Ctrl-C once stops the run in good order, twice at once. The answers (aborted, skipped) still come back.
 * @param told aborts when Nx ends the batch without a signal to this process
 */
export function forwardSignals(session: RunSession, told?: AbortSignal): () => void {
  const handler = (signal: NodeJS.Signals): void => {
    received++
    session.stop(`stopped by ${signal}`, received > 1)
  }
  const stop = (): void => {
    if (!wasStopped()) session.stop('stopped by nx', false)
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', handler)
  told?.addEventListener('abort', stop)
  return () => {
    process.off('SIGINT', handler)
    process.off('SIGTERM', handler)
    told?.removeEventListener('abort', stop)
  }
}
