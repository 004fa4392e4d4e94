import type { ChangePoint } from '@muster/baselines'
import type { Row } from './calibration.ts'
import type { CourseResult } from './change-calibration.ts'
import { RULE_NAMES } from './rules.ts'

/** One table a scenario: regressions told per 1,000 comparisons. */
export function ruleTables(rows: readonly Row[]): string {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))]
  return scenarios
    .map((scenario) => {
      const own = rows.filter((row) => row.scenario === scenario)
      const cells = own.map(({ source, told }) =>
        [source].concat(RULE_NAMES.map((name) => told[name].toFixed(1))),
      )
      return markdown([[scenario, ...RULE_NAMES], ...cells])
    })
    .join('\n\n')
}

export const changeTable = (results: readonly CourseResult[]): string =>
  markdown([
    ['series', 'points', 'found %', 'changes a series', 'off by'],
    ...results.map(({ course, points, found, changes, offset }) => [
      course,
      String(points),
      (found * 100).toFixed(1),
      changes.toFixed(2),
      offset === undefined ? '' : String(offset),
    ]),
  ])

export const pointsTable = (found: Readonly<Record<string, readonly ChangePoint[]>>): string =>
  markdown([
    ['series', 'index', 'before', 'after', 'magnitude', 'p'],
    ...Object.entries(found).flatMap(([name, points]) =>
      points.length === 0
        ? [[name, 'no change', '', '', '', '']]
        : points.map(({ index, before, after, magnitude, p }) => [
            name,
            String(index),
            String(Number(before.toPrecision(5))),
            String(Number(after.toPrecision(5))),
            magnitude === undefined ? '' : `${(magnitude * 100).toFixed(1)} %`,
            String(p),
          ]),
    ),
  ])

function markdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'))
  return [head, rule, ...rows].map(line).join('\n')
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
