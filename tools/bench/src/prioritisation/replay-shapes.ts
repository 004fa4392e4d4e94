import { replay, STRATEGIES, type Scores } from './replay.ts'
import { syntheticHistory } from './synthetic-history.ts'
import { SHAPES } from './synthetic-shapes.ts'

export interface ShapeScores {
  readonly name: string
  readonly apfd: Scores
  readonly apfdc: Scores
}

/** Each shape over several seeds (1, 2, …), as means of the histories' means. */
export function replayShapes(seeds: number): ShapeScores[] {
  return Object.entries(SHAPES).map(([name, shape]) => {
    const replays = Array.from({ length: seeds }, (_, i) => replay(syntheticHistory(shape, i + 1)))
    return {
      name,
      apfd: mean(replays.map(({ apfd }) => apfd)),
      apfdc: mean(replays.map(({ apfdc }) => apfdc)),
    }
  })
}

const mean = (all: readonly Scores[]): Scores =>
  Object.fromEntries(
    STRATEGIES.map((each) => [each, all.reduce((sum, scores) => sum + scores[each], 0) / all.length]),
  ) as Scores
