import { noiseFloor, type NoiseFloor } from '@muster/baselines'
import { Random } from '../scheduling/random.ts'
import { RULE_NAMES, RULES, type RuleName } from './rules.ts'

/** Where a trial's samples come from: each call is a new run of unchanged code. */
export type NextRun = (random: Random) => readonly number[]

export interface Source {
  readonly name: string
  readonly next: NextRun
  /** Medians of earlier runs, for the noise floor; undefined where the rule is to know of none. */
  readonly history?: (random: Random) => readonly number[]
}

/** What was really done to the code, and what the rules are asked to tell. */
export interface Scenario {
  readonly name: string
  /** 0.05: slower by 5 %. */
  readonly slowDown: number
  readonly effectThreshold: number
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'nothing changed, threshold 15 %', slowDown: 0, effectThreshold: 0.15 },
  { name: 'nothing changed, threshold 3 %', slowDown: 0, effectThreshold: 0.03 },
  { name: '5 % slower, threshold 3 %', slowDown: 0.05, effectThreshold: 0.03 },
  { name: '15 % slower, threshold 15 %', slowDown: 0.15, effectThreshold: 0.15 },
]

export interface Row {
  readonly scenario: string
  readonly source: string
  readonly trials: number
  /** Regressions told per 1,000 trials. */
  readonly told: Readonly<Record<RuleName, number>>
}

/** The same seed gives the same trials; all rules see the same samples. */
export function calibrate(sources: readonly Source[], trials: number, seed: number): readonly Row[] {
  return SCENARIOS.flatMap((scenario, row) =>
    sources.map((source, column) => {
      const random = new Random(seed + 1000 * row + column)
      return {
        scenario: scenario.name,
        source: source.name,
        trials,
        told: play(source, scenario, trials, random),
      }
    }),
  )
}

function play(
  source: Source,
  { slowDown, effectThreshold }: Scenario,
  trials: number,
  random: Random,
): Record<RuleName, number> {
  const told = Object.fromEntries(RULE_NAMES.map((name) => [name, 0])) as Record<RuleName, number>
  const slower = (): number[] => source.next(random).map((value) => value * (1 + slowDown))
  for (let trial = 0; trial < trials; trial++) {
    const [current, rerun] = [slower(), slower()]
    const seen = {
      base: source.next(random),
      current,
      rerun: () => rerun,
      floor: floorOf(source, random),
      effectThreshold,
    }
    for (const name of RULE_NAMES) if (RULES[name](seen)) told[name] += 1000 / trials
  }
  return told
}

const floorOf = ({ history }: Source, random: Random): NoiseFloor | undefined =>
  history ? noiseFloor(history(random)) : undefined
