import { setTimeout as sleep } from 'node:timers/promises'
import type { UnitMessage } from '../runner.ts'
import { caseError } from './case-error.ts'

/** How long a suite that left timers or requests behind may still fail by them. */
const LINGER_MS = 50
const STEP_MS = 5

/** Things that end by themselves: timers, and requests to the file system, the name server, a thread of zlib. */
const PENDING = /^(Timeout|Immediate)$|Req/i

/**
 * Faults that mocha doesn't count. An unhandled rejection of user code is swallowed by mocha, which then
 * exits 0; an exception after the last test kills mocha's process though its report said all passed.
 * Both are told as `error`, so that such a run is never green.
 */
export function lateFaults(emit: (message: UnitMessage) => void): {
  /** Gives what is left over a moment, as mocha does by not exiting. Returns at once when nothing is. */
  linger(): Promise<void>
  stop(): void
} {
  let ended = false
  const pendingBefore = pending()
  const beforeExit = new Set(process.listeners('beforeExit'))
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
      for (let waited = 0; waited < LINGER_MS && pending() > pendingBefore; waited += STEP_MS)
        await sleep(STEP_MS)
      for (const listener of process.listeners('beforeExit')) {
        if (beforeExit.has(listener)) continue
        process.off('beforeExit', listener)
        try {
          // Our process has more to do, so that Node itself won't call it.
          Reflect.apply(listener, process, [0])
        } catch (thrown) {
          tell('uncaught exception before the process exits', thrown)
        }
      }
    },
    stop() {
      process.off('unhandledRejection', onRejection)
      process.off('uncaughtExceptionMonitor', onException)
    },
  }
}

const pending = (): number => process.getActiveResourcesInfo().filter((name) => PENDING.test(name)).length
