import { CONTENDERS } from './contenders.ts'
import type { Race, Score } from './quality.ts'
import { quantile } from './quantile.ts'

/** A row a race, a column a contender: median and p99 of the distance, median of the feedback. Markdown. */
export function qualityTable(scores: readonly Score[]): string {
  const names = CONTENDERS.map(({ name }) => name)
  const races = new Map<string, Score[]>()
  for (const score of scores) {
    const name = label(score.race)
    races.set(name, [...(races.get(name) ?? []), score])
  }
  const rowOf = (name: string, some: readonly Score[]): string[] =>
    [name].concat(names.map((each) => cell(some, each)))
  const rows = [...races].map(([name, some]) => rowOf(name, some))
  return [['', ...names], names.map(() => '---').concat('---'), ...rows, rowOf('**all**', scores)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

const label = ({ shape, units, workers, resources }: Race): string =>
  `${units} ${shape}${resources ? ', resources' : ''}, ${workers} workers`

function cell(scores: readonly Score[], contender: string): string {
  const own = scores.filter((each) => each.contender === contender)
  const distances = own.map(({ distance }) => distance)
  const feedback = quantile(
    own.map((each) => each.feedback),
    0.5,
  )
  return `${quantile(distances, 0.5).toFixed(3)} / ${quantile(distances, 0.99).toFixed(3)}, ${feedback.toFixed(2)}`
}
