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
/** @param shard 1-based */
export const unitId = (suite: SuiteId, shard?: { readonly index: number; readonly of: number }): UnitId =>
  (shard === undefined ? suite : `${suite}#${shard.index}/${shard.of}`) as UnitId
export const attemptId = (unit: UnitId, ordinal: number): AttemptId => `${unit}@${ordinal}` as AttemptId

/** Sorts by its start to the millisecond. @param random four or more characters that tell apart what starts together */
export function runId(startedAt: Date, random: string): RunId {
  const iso = startedAt.toISOString()
  const date = iso.slice(0, 10).replaceAll('-', '')
  const time = iso.slice(11, 19).replaceAll(':', '')
  const milliseconds = startedAt.getUTCMilliseconds().toString(36).padStart(2, '0')
  return `${date}-${time}-${milliseconds}${random.slice(0, 4)}` as RunId
}

export const isRunId = (text: string): text is RunId => /^\d{8}-\d{6}-[0-9a-z]{6}$/.test(text)
