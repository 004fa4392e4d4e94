import type { BaselineEntry, BaselineFile } from './baseline-file.ts'

/** Significant digits: a millionth is far below any noise, and shorter numbers are easier to review. */
const DIGITS = 6

/**
 * The same file always gives the same text, whoever wrote it: names sorted by code units, fields in a fixed order, a
 * line for each field, so that a new measurement changes the lines of its own entry alone.
 */
export function formatBaselines({ version, suite, benchmarks }: BaselineFile): string {
  const body = nested(benchmarks, 1, (metrics) =>
    nested(metrics, 2, (classes) => nested(classes, 3, (entry) => formatEntry(entry, 4))),
  )
  return `{\n  "version": ${version},\n  "suite": ${JSON.stringify(suite)},\n  "benchmarks": ${body}\n}\n`
}

function formatEntry(entry: BaselineEntry, depth: number): string {
  const { unit, better, count, median, mean, deviation, interval, samples } = entry
  const { recordedAt, commit, why, environment } = entry
  return block(depth, [
    ['unit', JSON.stringify(unit)],
    ['better', JSON.stringify(better)],
    ['count', String(count)],
    ['median', short(median)],
    ['mean', short(mean)],
    ['deviation', short(deviation)],
    ['interval', list(interval)],
    ['samples', list(samples)],
    ['recordedAt', JSON.stringify(recordedAt)],
    ...optional('commit', commit),
    ...optional('why', why),
    ['environment', nested(environment, depth + 1, (value) => JSON.stringify(value))],
  ])
}

const optional = (name: string, value: string | undefined): Field[] =>
  value === undefined ? [] : [[name, JSON.stringify(value)]]

const short = (value: number): string => String(Number(value.toPrecision(DIGITS)))

const list = (values: readonly number[]): string => `[${values.map(short).join(', ')}]`

type Field = readonly [name: string, value: string]

function nested<T>(record: Readonly<Record<string, T>>, depth: number, format: (value: T) => string): string {
  const names = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  return block(
    depth,
    names.map(([name, value]) => [name, format(value)]),
  )
}

function block(depth: number, fields: readonly Field[]): string {
  if (fields.length === 0) return '{}'
  const indent = '  '.repeat(depth)
  const lines = fields.map(([name, value]) => `${indent}  ${JSON.stringify(name)}: ${value}`)
  return `{\n${lines.join(',\n')}\n${indent}}`
}
