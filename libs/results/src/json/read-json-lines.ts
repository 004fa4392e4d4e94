import type { ReaderContext } from '../format-reader.ts'
import { MAX_JSON_LINE } from '../limits.ts'
import { Lines } from '../lines.ts'
import type { JsonObject } from './fields.ts'
import { isObject, parseJson } from './json-value.ts'

/** What became of a stream of events, one JSON object a line. */
export interface JsonLines {
  /** Nothing that began like an event was lost. */
  readonly whole: boolean
  /** Lines in all. */
  readonly lines: number
}

/** Lines that are no JSON objects are other output, and are handed to `onOther`. */
export async function readJsonLines(
  { chunks, warnings }: ReaderContext,
  onEvent: (event: JsonObject) => void,
  onOther: (line: string) => void = () => {},
): Promise<JsonLines> {
  let lost = 0
  const lines = new Lines(MAX_JSON_LINE, (line, cut) => {
    if (!line.trimStart().startsWith('{')) return onOther(line)
    const parsed = cut ? { problem: 'longer than a megabyte' } : parseJson(line)
    if ('value' in parsed && isObject(parsed.value)) return onEvent(parsed.value)
    const problem = 'problem' in parsed ? parsed.problem : 'no object'
    warnings.add(`holds an event that is not valid JSON; left out: ${problem}`, { line: lines.line })
    lost++
  })
  for await (const chunk of chunks) lines.feed(chunk)
  lines.end()
  return { whole: lost === 0, lines: lines.line }
}
