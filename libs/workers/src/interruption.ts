import type { Outcome } from '@muster/model'

import { memoryCrash } from './limits.ts'

/** Why we end an attempt that would go on. The reason of the attempt's AbortSignal. */
export type Interruption =
  | { readonly type: 'time-limit'; readonly limitMs: number }
  | { readonly type: 'memory-limit'; readonly limitBytes: number }
  | { readonly type: 'stopped'; readonly reason: string }

/** The outcome of an attempt that we ended; undefined when nobody interrupted it. */
export function interruptedOutcome(signal: AbortSignal): Outcome | undefined {
  if (!signal.aborted) return undefined
  const interruption = signal.reason as Interruption
  switch (interruption.type) {
    case 'time-limit':
      return { status: 'timed-out', limitMs: interruption.limitMs }
    case 'memory-limit':
      return memoryCrash(interruption.limitBytes)
    case 'stopped':
      return { status: 'aborted', reason: interruption.reason }
  }
}

/** Calls `act` when the signal is or gets aborted; returns the way to unsubscribe. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}
