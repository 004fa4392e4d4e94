/** Branded ids: plain strings at run time, not interchangeable at compile time. */
type Brand<Name extends string> = string & { readonly __brand: Name }

/** A suite's name, unique in the workspace. */
export type SuiteId = Brand<'SuiteId'>
/** What one worker runs: a suite (`name`) or a shard of it (`name#2/5`). */
export type UnitId = Brand<'UnitId'>
/** One execution of a unit: `unit@1`, `unit@2`, … */
export type AttemptId = Brand<'AttemptId'>
/** One invocation. Sorts by start time: `20260131-154501-3f9a1c`. */
export type RunId = Brand<'RunId'>

export const suiteId = (name: string): SuiteId => name as SuiteId
export const unitId = (suite: SuiteId): UnitId => suite as string as UnitId
export const attemptId = (unit: UnitId, ordinal: number): AttemptId => `${unit}@${ordinal}` as AttemptId

/** @param random six or more characters that tell apart runs started in the same second */
export function runId(startedAt: Date, random: string): RunId {
  const iso = startedAt.toISOString()
  const date = iso.slice(0, 10).replaceAll('-', '')
  const time = iso.slice(11, 19).replaceAll(':', '')
  return `${date}-${time}-${random.slice(0, 6)}` as RunId
}

export const isRunId = (text: string): text is RunId => /^\d{8}-\d{6}-[0-9a-z]{6}$/.test(text)
