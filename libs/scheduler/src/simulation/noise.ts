/** @returns a number from 0 to 1 */
export type Noise = () => number

/** Numbers that look random (xorshift32). The same seed gives the same ones. */
export function noiseOf(seed: number): Noise {
  let state = Math.imul(seed, 0x9e3779b1) | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
