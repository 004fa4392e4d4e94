/** Numbers that repeat with their seed. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** Standard normal. */
  normal(): number
  between(low: number, high: number): number
}

/** Marsaglia's xorshift with 32 bits: short, and random enough to make durations up. @param seed a whole number */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  // Close seeds begin alike.
  for (let skipped = 0; skipped < 8; skipped++) next()
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}
