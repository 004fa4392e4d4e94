import { setTimeout as delay } from 'node:timers/promises'

export interface UntilOptions {
  /** What is awaited, for the error: "the journal to hold 3 cases". */
  readonly what: string
  /** A bound against hanging, not an expectation about speed. Default 30 000. */
  readonly timeoutMs?: number
  /** Pause between checks. Default 25. */
  readonly everyMs?: number
}

/**
 * Polls until `check` gives something truthy and resolves to it. A check that throws counts as "not yet";
 * when the bound is reached its last error is told.
 */
export async function until<T>(
  check: () => T | Promise<T>,
  { what, timeoutMs = 30_000, everyMs = 25 }: UntilOptions,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs
  let trouble: unknown
  do {
    try {
      const value = await check()
      if (value) return value
      trouble = undefined
    } catch (error) {
      trouble = error
    }
    await delay(everyMs)
  } while (performance.now() < deadline)
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}`, { cause: trouble })
}
