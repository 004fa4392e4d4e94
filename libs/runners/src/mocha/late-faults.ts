import { setTimeout as sleep } from 'node:timers/promises'
import type { UnitMessage } from '../runner.ts'
import { caseError } from './case-error.ts'

/** How long a suite that left timers behind may still fail by them. */
const LINGER_MS = 50
const STEP_MS = 5

/**
 * Faults that mocha doesn't count. An unhandled rejection of user code is swallowed by mocha, which then
 * exits 0; an exception after the last test kills mocha's process though its report said all passed.
 * Both are told as `error`, so that such a run is never green.
 */
export function lateFaults(emit: (message: UnitMessage) => void): {
  /** Gives left-over timers a moment, as mocha does by not exiting. Returns at once when there are none. */
  linger(): Promise<void>
  stop(): void
} {
  let ended = false
  const timersBefore = timers()
  const tell = (what: string, thrown: unknown): void => {
    const { message, stack } = caseError(thrown)
    emit({ type: 'error', message: `${what}: ${message}`, ...(stack !== undefined && { stack }) })
  }
  const onRejection = (reason: unknown): void => {
    // Somebody else listens: the tests handle their rejections themselves. Mocha takes its own listener
    // away while it passes a rejection on.
    if (process.listenerCount('unhandledRejection') === 1) tell('unhandled rejection', reason)
  }
  const onException = (thrown: unknown): void => {
    if (ended) tell('uncaught exception after the tests ended', thrown)
  }
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtExceptionMonitor', onException)
  return {
    async linger() {
      ended = true
      for (let waited = 0; waited < LINGER_MS && timers() > timersBefore; waited += STEP_MS)
        await sleep(STEP_MS)
    },
    stop() {
      process.off('unhandledRejection', onRejection)
      process.off('uncaughtExceptionMonitor', onException)
    },
  }
}

const timers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length
