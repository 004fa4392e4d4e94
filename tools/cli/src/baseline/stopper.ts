/** Whether this command was asked to end. */
export interface Stopper {
  readonly isStopped: () => boolean
  readonly close: () => void
}

/** Takes note of the signals instead of dying of them: nx gets them too, which ends its run, and we stay to clean up. */
export function openStopper(): Stopper {
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop)
  return {
    isStopped: () => stopped,
    close: () => process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop),
  }
}
