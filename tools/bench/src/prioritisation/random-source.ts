/** Numbers in [0, 1). */
export type RandomSource = () => number

/** The same numbers for the same seed, everywhere (mulberry32). */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const below = (random: RandomSource, limit: number): number => Math.floor(random() * limit)
