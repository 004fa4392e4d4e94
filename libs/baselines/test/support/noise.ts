import { seededRandom } from '../../src/changes/seeded-random.ts'

/** Standard normal numbers, the same for the same seed. */
export function normals(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Samples around `level` with a relative deviation. */
export function samples(seed: number, count: number, level = 1, deviation = 0.05): number[] {
  const next = normals(seed)
  return Array.from({ length: count }, () => level * (1 + deviation * next()))
}
