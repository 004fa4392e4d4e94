import type { RunSession } from './run-session.ts'

let received = 0

/** Whether this process was told to stop while it forwarded signals. */
export const wasStopped = (): boolean => received > 0

/** Ctrl-C once stops the run in good order, twice at once. The answers (aborted, skipped) still come back. */
export function forwardSignals(session: RunSession): () => void {
  const handler = (signal: NodeJS.Signals): void => {
    received++
    session.stop(`stopped by ${signal}`, received > 1)
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', handler)
  return () => {
    process.off('SIGINT', handler)
    process.off('SIGTERM', handler)
  }
}
