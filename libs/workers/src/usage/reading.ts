/** What some processes have used since they were first looked at, and what they hold now. */
export interface Reading {
  readonly cpuMs: number
  readonly readBytes: number
  readonly writtenBytes: number
  /** Held at this moment. */
  readonly memoryBytes: number
}

export const NOTHING: Reading = { cpuMs: 0, readBytes: 0, writtenBytes: 0, memoryBytes: 0 }

const combine = (by: (a: number, b: number) => number, a: Reading, b: Reading): Reading => ({
  cpuMs: by(a.cpuMs, b.cpuMs),
  readBytes: by(a.readBytes, b.readBytes),
  writtenBytes: by(a.writtenBytes, b.writtenBytes),
  memoryBytes: by(a.memoryBytes, b.memoryBytes),
})

export const addReadings = (a: Reading, b: Reading): Reading => combine((x, y) => x + y, a, b)

/** What grows can only seem to shrink: a process that was counted is gone, and its parent didn't wait for it. */
export const neverLess = (before: Reading, now: Reading): Reading => ({
  ...combine(Math.max, before, now),
  memoryBytes: now.memoryBytes,
})

/** Since `start`; what is held is held, whoever began with it. */
export const since = (start: Reading, now: Reading): Reading => ({
  ...combine((a, b) => Math.max(0, b - a), start, now),
  memoryBytes: now.memoryBytes,
})
