export interface UsableSamples {
  /** In the order they were measured. */
  readonly values: readonly number[]
  /** How many were set aside because no time, size or rate can be such a number. */
  readonly setAside: number
  /** Names one of them; empty where there is none. */
  readonly complaint: string
}

/**
 * Finite numbers above zero. The others are set aside, never silently: NaN and infinity are broken measuring; zero is a
 * clock too coarse for what it measures, a negative duration one that was set back. Extreme values stay, whatever
 * their distance: every statistic here goes by ranks, so that one of them weighs as much as any other sample, and a
 * jump forward of the clock is one slow sample.
 */
export function usableSamples(values: readonly number[]): UsableSamples {
  const usable = values.filter(isUsable)
  const setAside = values.length - usable.length
  if (setAside === 0) return { values: usable, setAside, complaint: '' }
  const index = values.findIndex((value) => !isUsable(value))
  return {
    values: usable,
    setAside,
    complaint: `${setAside} of ${values.length} samples ${setAside === 1 ? 'is' : 'are'} no finite number above zero, the first of them ${values[index]} at index ${index}`,
  }
}

const isUsable = (value: number): boolean => Number.isFinite(value) && value > 0
