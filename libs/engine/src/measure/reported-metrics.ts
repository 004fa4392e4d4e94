import { MAX_SAMPLES, type Metric } from '@muster/model'

/** The environment variable that names the file into which a suite may write metrics of its own. */
export const METRICS_FILE = 'MUSTER_METRICS'

/** Names in one file; more are a mistake. */
const MOST_METRICS = 1000

export interface ReportedMetrics {
  readonly metrics: Readonly<Record<string, Metric>>
  /** Lines that can't be used, for people. */
  readonly problems: readonly string[]
}

interface Reported {
  readonly unit: string | undefined
  readonly better: 'lower' | 'higher'
  readonly values: number[]
}

/**
 * Lines such as `{"name": "rows", "value": 1200, "unit": "rows/s", "better": "higher"}`. A name that comes again is another
 * sample; its first line says unit and direction (default: lower).
 */
export function reportedMetrics(text: string): ReportedMetrics {
  const found = new Map<string, Reported>()
  const problems: string[] = []
  let surplus = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const problem = take(line, found)
    if (problem === TOO_MANY) surplus++
    else if (problem !== undefined) problems.push(`line ${index + 1} of $${METRICS_FILE}: ${problem}`)
  }
  if (surplus > 0)
    problems.unshift(
      `$${METRICS_FILE} has more than ${MOST_METRICS} names; ${surplus} lines with others are left out`,
    )
  return { metrics: Object.fromEntries([...found].map(([name, each]) => [name, metricOf(each)])), problems }
}

const TOO_MANY = 'too many names'

/** @returns what is wrong with the line */
function take(line: string, found: Map<string, Reported>): string | undefined {
  const parsed = parse(line)
  if (parsed === undefined) return 'it is not a JSON object'
  const { name, value, unit, better = 'lower' } = parsed
  if (typeof name !== 'string' || name === '') return '"name" is missing'
  if (typeof value !== 'number' || !Number.isFinite(value)) return `"value" of "${name}" is not a number`
  if (unit !== undefined && typeof unit !== 'string') return `"unit" of "${name}" is not a string`
  if (better !== 'lower' && better !== 'higher')
    return `"better" of "${name}" is neither "lower" nor "higher"`
  const known = found.get(name)
  if (known === undefined && found.size >= MOST_METRICS) return TOO_MANY
  if (known !== undefined && unit !== undefined && unit !== known.unit)
    return `"${name}" is in ${unit} here and was in ${known.unit ?? 'no unit'} before`
  if (known === undefined) found.set(name, { unit, better, values: [value] })
  else if (known.values.length < MAX_SAMPLES) known.values.push(value)
  return undefined
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function metricOf({ unit, better, values }: Reported): Metric {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const value = sorted[Math.floor(middle)]! / 2 + sorted[Math.ceil(middle)]! / 2
  return { value, ...(unit !== undefined && { unit }), better, samples: values }
}
