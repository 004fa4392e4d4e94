import { median } from '../median.ts'
import type { Lane } from './lane.ts'

/** Medians with their range. */
export function giantTable(lanes: readonly Lane[]): string {
  const rows = lanes.map(({ contestant, runs }) => {
    const units = runs.at(-1)?.units
    return [
      contestant.name,
      spread(runs.map(({ wall }) => wall)),
      spread(runs.map(({ cpu }) => cpu)),
      units === undefined ? '1 (a task)' : String(units),
      contestant.note,
    ]
  })
  const head = ['', 'cold wall s', 'CPU s', 'units of the giant', 'what']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const spread = (values: readonly number[]): string =>
  values.some(Number.isNaN)
    ? '–'
    : `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`
