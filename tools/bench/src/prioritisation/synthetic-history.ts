import { below, randomSource, type RandomSource } from './random-source.ts'
import type { Cycle } from './test-history.ts'

/** A kind of project: which tests it has in a cycle, and which of them fail. Called once a cycle, in order. */
export interface Project {
  /** 0..TESTS−1; all of them when it isn't given. */
  readonly present?: (cycle: number) => readonly number[]
  /** Under another name from this generation on. */
  readonly generation?: (test: number) => number
  /** Before the verdicts of a cycle. */
  readonly begin?: (cycle: number) => void
  readonly fails: (test: number, cycle: number, duration: number) => boolean
}

export type Shape = (random: RandomSource) => Project

export const TESTS = 80
export const CYCLES = 150

export const everyTest = (): number[] => Array.from({ length: TESTS }, (_, test) => test)

/**
 * 150 cycles of about 80 tests of a project of this shape. Durations are spread over a factor of 400, a fifth up or down
 * from cycle to cycle, and say nothing about failures but in the
 * one shape that is about that.
 */
export function syntheticHistory(shape: Shape, seed: number): Cycle[] {
  const random = randomSource(seed)
  const project = shape(random)
  const typical = everyTest().map(() => 5 * Math.exp(6 * random()))
  return Array.from({ length: CYCLES }, (_, cycle) => {
    project.begin?.(cycle)
    const executions = (project.present?.(cycle) ?? everyTest()).map((test) => {
      const generation = project.generation?.(test) ?? 0
      const duration = Math.round(typical[test]! * (0.8 + 0.4 * random()))
      return {
        test: generation === 0 ? `t${test}` : `t${test}-v${generation}`,
        failed: project.fails(test, cycle, duration),
        duration,
      }
    })
    return { id: String(cycle + 1), executions: shuffled(executions, random) }
  })
}

/** Untreated orders are no help: some real ones are, but nothing may rest on that. */
function shuffled<T>(items: readonly T[], random: RandomSource): T[] {
  const result = [...items]
  for (let i = result.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    ;[result[i], result[j]] = [result[j]!, result[i]!]
  }
  return result
}
