import type { Contestant } from '../contestant.ts'
import { median } from '../median.ts'
import type { FirstFailure } from './first-failure.ts'

export interface FailFirstRow {
  readonly contestant: Pick<Contestant, 'name' | 'note'>
  readonly runs: readonly FirstFailure[]
}

/** Medians with their range, in seconds. */
export function failFirstTable(rows: readonly FailFirstRow[]): string {
  const cells = rows.map(({ contestant, runs }) => [
    contestant.name,
    spread(runs.map(({ begun }) => begun)),
    spread(runs.map(({ told }) => told)),
    spread(runs.map(({ ended }) => ended)),
    contestant.note,
  ])
  const head = ['', 'broken suite begun', 'failure told', 'ended', 'what']
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`
