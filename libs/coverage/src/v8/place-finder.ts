import {
  allGeneratedPositionsFor,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  type TraceMap,
} from '@jridgewell/trace-mapping'
import type { LineIndex } from '../source/line-index.ts'

/** Offsets in the script that ran for an offset in the file that was written; several where code was doubled. */
export type PlaceFinder = (offset: number) => readonly number[]

export const samePlace: PlaceFinder = (offset) => [offset]

/**
 * By a source map. What it doesn't name is looked for just behind what it names before it in the line: most tools
 * leave out only what belongs to the expression before it.
 */
export function mappedPlace(
  map: TraceMap,
  source: string,
  original: LineIndex,
  generated: LineIndex,
): PlaceFinder {
  return (offset) => {
    const wanted = original.position(offset)
    for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
      const found = allGeneratedPositionsFor(map, { source, ...wanted, bias }).flatMap(({ line, column }) => {
        const at = line === null ? undefined : generated.offset({ line, column })
        return line === null || at === undefined ? [] : { place: { line, column }, at }
      })
      const [first] = found.toSorted((a, b) => a.at - b.at)
      if (!first) continue
      const named = originalPositionFor(map, first.place)
      if (named.line === wanted.line && named.column === wanted.column) return found.map(({ at }) => at)
      // Names come again where they are exported; the first place is the one that was written. Behind it, since a
      // function that starts with the name is not asked for its definition.
      return [bias === GREATEST_LOWER_BOUND ? first.at + 1 : first.at]
    }
    return []
  }
}
