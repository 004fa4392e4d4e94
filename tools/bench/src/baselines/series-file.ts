import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '@muster/model'

export type SeriesByName = Readonly<Record<string, readonly number[]>>

/** `{"series": {"name": [numbers]}}`; null stands for a missing point. */
export function readSeries(file: string): Result<SeriesByName, string> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return err(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const series =
    typeof content === 'object' && content !== null && 'series' in content ? content.series : undefined
  if (typeof series !== 'object' || series === null || Array.isArray(series)) {
    return err(`${file}: expected {"series": {"name": [numbers]}}`)
  }
  const read: [string, number[]][] = []
  for (const [name, points] of Object.entries(series)) {
    if (!Array.isArray(points)) return err(`${file}: series ${JSON.stringify(name)} is no array`)
    const wrong = points.findIndex((point) => point !== null && typeof point !== 'number')
    if (wrong >= 0) return err(`${file}: series ${JSON.stringify(name)} holds no number at index ${wrong}`)
    read.push([name, points.map((point: number | null) => point ?? Number.NaN)])
  }
  return ok(Object.fromEntries(read))
}
