import type { RunSession } from './run-session.ts'

/** Ctrl-C once stops the run in good order, twice at once. The answers (aborted, skipped) still come back. */
export function forwardSignals(session: RunSession): () => void {
  let count = 0
  const handler = (signal: NodeJS.Signals): void => {
    count++
    session.stop(`stopped by ${signal}`, count > 1)
  }
  process.on('SIGINT', handler)
  process.on('SIGTERM', handler)
  return () => {
    process.off('SIGINT', handler)
    process.off('SIGTERM', handler)
  }
}
