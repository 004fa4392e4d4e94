import type { OutputStream } from './stream-style.ts'
import type { Reporter } from './reporter.ts'

/**
 * A reporter that goes silent at its first trouble instead of passing it on: `muster run | head` closes
 * the pipe in the middle of a run, and a bug in a line of text must not turn a green run red.
 */
export function guardedReporter(reporter: Reporter, stream: OutputStream): Reporter {
  let silent = false
  const onError = (): void => {
    silent = true
  }
  stream.on('error', onError)
  const guard = (action: () => void): void => {
    if (silent) return
    try {
      action()
    } catch {
      silent = true
    }
  }
  return {
    accept: (event) => guard(() => reporter.accept(event)),
    // Always, for the timers; the listener stays, because a write may still fail after this.
    close: (record) => {
      const shown = silent ? undefined : record
      silent = false
      guard(() => reporter.close(shown))
    },
  }
}
