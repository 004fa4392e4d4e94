import { usableSamples } from '../samples/usable-samples.ts'
import { stepDeviation } from './step-deviation.ts'

/** How much whole runs of one benchmark differ when nothing was changed, learned from its history. */
export interface NoiseFloor {
  /** Relative standard deviation of a run's median: 0.02 is 2 %. */
  readonly deviation: number
  /** How many runs it was learned from. */
  readonly runs: number
}

const FEWEST_RUNS = 6

/**
 * From the differences between one run and the next, so that steps and slow changes in the history are no noise.
 * Samples of one run don't show this: layout of memory, order of modules and the machine's mood are drawn once a run
 * (T. Kalibera and R. Jones, "Rigorous Benchmarking in Reasonable Time", ISMM 2013). Too small where neighbouring runs
 * resemble each other more than distant ones (a machine that warms over hours); too great where more than a quarter of
 * the runs changed the code's speed.
 * @param medians of earlier runs on one machine class, oldest first
 * @returns undefined where there are too few of them to say
 */
export function noiseFloor(medians: readonly number[]): NoiseFloor | undefined {
  const logs = usableSamples(medians).values.map(Math.log)
  if (logs.length < FEWEST_RUNS) return undefined
  return { deviation: stepDeviation(logs), runs: logs.length }
}

/**
 * Degrees of freedom of the floor: as an estimate it is about as sure as a standard deviation of half as many runs
 * (simulated for 6 to 50 normal runs).
 */
export const freedomOf = ({ runs }: NoiseFloor): number => (runs - 1) / 2
