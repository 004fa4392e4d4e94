/**
 * Numbers in [0, 1) that are the same for the same seed, on every machine. Mulberry32 by Tommy Ettinger (public domain);
 * 32 bits of state suffice for shuffles.
 */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
