import type { SuiteKind } from '@muster/model'
import { runFluid, type FluidUnit } from './fluid-machine.ts'
import type { ObservedRun } from './observed-run.ts'
import { createRandom, type Random } from './random.ts'

/** What makes durations differ from run to run. */
export interface Scenario {
  readonly name: string
  /** Standard deviation of the logarithm, per execution. */
  readonly noise: number
  /** Share of executions that take 2 to 5 times as long, for no reason. */
  readonly outliers: number
  /** Standard deviation of the logarithm that a suite's own time wanders each run. */
  readonly drift: number
  /** Chance per run that a suite changes for good, up to three times quicker or slower. */
  readonly jumps: number
  /** Workers of each run in turn, on two cores. */
  readonly workers: readonly number[]
  /** Speeds of the machine classes; which one a run gets is chance. */
  readonly speeds: readonly number[]
  /** False: CPU times aren't known, as on systems that don't tell. */
  readonly cpuKnown: boolean
}

const CALM: Omit<Scenario, 'name'> = {
  noise: 0.08,
  outliers: 0.02,
  drift: 0,
  jumps: 0,
  workers: [2],
  speeds: [1],
  cpuKnown: true,
}

export const SCENARIOS: readonly Scenario[] = [
  { ...CALM, name: 'noise' },
  { ...CALM, name: 'much noise', noise: 0.3, outliers: 0.1 },
  { ...CALM, name: 'drift', drift: 0.04 },
  { ...CALM, name: 'jumps', jumps: 0.05 },
  { ...CALM, name: '1 and 8 workers in turn', workers: [1, 8] },
  { ...CALM, name: 'the same, CPU times unknown', workers: [1, 8], cpuKnown: false },
  { ...CALM, name: '1, 2, 4, 8, 2 workers', workers: [1, 2, 4, 8, 2] },
  { ...CALM, name: 'two machine classes', speeds: [1, 0.45] },
  {
    ...CALM,
    name: 'all of it',
    drift: 0.03,
    jumps: 0.02,
    noise: 0.12,
    workers: [2, 8, 4, 2, 1],
    speeds: [1, 0.45],
  },
]

const RUNS = 40
const SUITES = 40
const CORES = 2
const HOUR = 3600_000
const KINDS: readonly SuiteKind[] = ['unit', 'unit', 'integration', 'e2e']

/** Suites that are there from the first run on; then each run brings one more, which nobody has seen before. */
const AT_FIRST = 10

/** 40 runs of 10 to 40 suites, made up; the same for the same seed. */
export function syntheticRuns(scenario: Scenario, seed: number): ObservedRun[] {
  const random = createRandom(seed)
  const suites = Array.from({ length: SUITES }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? 'unit'
    const typical = { unit: 7, integration: 8.5, e2e: 10 }[kind as 'unit' | 'integration' | 'e2e']
    return {
      name: `suite-${index}`,
      kind,
      logMs: typical + 0.8 * random.normal(),
      cpuShare: random.between(0.2, 1),
    }
  })
  return Array.from({ length: RUNS }, (_, run) => {
    const speedIndex = Math.floor(random.next() * scenario.speeds.length)
    const speed = scenario.speeds[speedIndex] ?? 1
    const present = suites.slice(0, AT_FIRST + run)
    const units: FluidUnit[] = present.map((suite) => {
      suite.logMs += scenario.drift * random.normal()
      if (random.next() < scenario.jumps) suite.logMs += random.between(-1.1, 1.1)
      return { ms: (Math.exp(suite.logMs) / speed) * chance(scenario, random), cpuShare: suite.cpuShare }
    })
    const workers = scenario.workers[run % scenario.workers.length] ?? 1
    const results = runFluid(units, workers, CORES)
    return {
      at: run * HOUR,
      machine: `machine-${speedIndex}`,
      cpus: CORES,
      workers,
      suites: present.map(({ name, kind }, index) => {
        const { durationMs, busy } = results[index]!
        const { ms, cpuShare } = units[index]!
        const observed = { suite: name, kind, durationMs, busy }
        return scenario.cpuKnown ? Object.assign(observed, { cpuMs: ms * cpuShare }) : observed
      }),
    }
  })
}

function chance({ noise, outliers }: Scenario, random: Random): number {
  const usual = Math.exp(noise * random.normal())
  return random.next() < outliers ? usual * random.between(2, 5) : usual
}
