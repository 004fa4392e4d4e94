import { median } from '../median.ts'
import type { Source } from './calibration.ts'
import { NOISE_KINDS } from './noise-kinds.ts'
import type { Recording } from './recording.ts'

/** Runs that the noise floor is learned from. */
const HISTORY = 20

/**
 * Every kind of made-up noise; kinds in which whole runs differ also with a noise floor.
 * @param spread relative deviation of the samples
 */
export function syntheticSources(count: number, spread: number): readonly Source[] {
  return Object.entries(NOISE_KINDS).flatMap(([name, noise]): Source[] => {
    const plain: Source = { name, next: (random) => noise(random, count, spread) }
    if (!name.startsWith('runs')) return [plain]
    const medians = (random: Parameters<Source['next']>[0]): number[] =>
      Array.from({ length: HISTORY }, () => median(noise(random, count, spread)))
    return [plain, { ...plain, name: `${name}, known`, history: medians }]
  })
}

/**
 * Runs of a recording, drawn at random for each role, with their first samples; now and then the same run is drawn twice. With the floor, learned from other runs drawn the same way.
 */
export function recordedSources({ runs }: Recording, count: number): readonly Source[] {
  const loads = [...new Set(runs.map(({ load }) => load))]
  return loads.flatMap((load): Source[] => {
    const samples = runs.filter((run) => run.load === load).map((run) => run.samples.slice(0, count))
    const next: Source['next'] = (random) => samples[random.below(samples.length)] ?? []
    const plain = { name: `recorded, ${load}`, next }
    const history = (random: Parameters<Source['next']>[0]): number[] =>
      Array.from({ length: HISTORY }, () => median(next(random)))
    return [plain, { ...plain, name: `${plain.name}, floor known`, history }]
  })
}
