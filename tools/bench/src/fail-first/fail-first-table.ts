import { median } from '../median.ts'
import type { FirstFailure } from './first-failure.ts'

export interface FailFirstRow {
  readonly name: string
  readonly note: string
  readonly runs: readonly FirstFailure[]
}

/** Medians with their range, in seconds. */
export function failFirstTable(rows: readonly FailFirstRow[]): string {
  const cells = rows.map(({ name, note, runs }) => [
    name,
    spread(runs.map(({ begun }) => begun)),
    spread(runs.map(({ told }) => told)),
    spread(runs.map(({ ended }) => ended)),
    note,
  ])
  const head = ['', 'broken suite begun', 'failure told', 'ended', 'what']
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`
