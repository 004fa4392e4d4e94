import { setTimeout as sleep } from 'node:timers/promises'
import type { UnitMessage } from '../runner.ts'
import { caseError } from '../case-error.ts'

/** How long a suite that left timers behind may still fail by them: they may be set for days. */
const TIMERS_MS = 50
/** How long for what ends by itself: callbacks of setImmediate; requests to the file system, to zlib, to a server. */
const REQUESTS_MS = 500
const STEP_MS = 5

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
  const timersBefore = active(isTimer)
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
      for (let waited = 0; waited < REQUESTS_MS; waited += STEP_MS) {
        const timersLeft = waited < TIMERS_MS && active(isTimer) > timersBefore
        if (!timersLeft && active(isRequest) === 0) break
        await sleep(STEP_MS)
      }
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

/** By Node's names: `Immediate`, `FSReqCallback`, `GetAddrInfoReqWrap`, `RandomBytesRequest`, … */
const isRequest = (name: string): boolean => name === 'Immediate' || /Req/i.test(name)
const isTimer = (name: string): boolean => name === 'Timeout'

const active = (is: (name: string) => boolean): number => process.getActiveResourcesInfo().filter(is).length
