/** Milliseconds since the epoch. Injected so that tests decide what time it is. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The system's, but its first answer is an earlier time: a run that needed no coordinator began when nx did. */
export function beginningAt(startedAt: number): Clock {
  let first: number | undefined = startedAt
  return {
    now() {
      const now = first ?? Date.now()
      first = undefined
      return now
    },
  }
}
