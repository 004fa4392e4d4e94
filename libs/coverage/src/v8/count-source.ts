import type { Probe, ProbedSource } from '../source/probed-source.ts'
import type { FileCoverage } from '../structure.ts'
import type { CountIndex } from './count-index.ts'
import type { PlaceFinder } from './place-finder.ts'

/**
 * V8's counts for the parts of a file. Each count is read off at a place of its own, so the counts of several
 * processes add up, and V8's own choice of ranges decides no total.
 */
export function countSource(source: ProbedSource, counts: CountIndex, find: PlaceFinder): FileCoverage {
  const count = (offset: number, definition: boolean): number =>
    Math.max(0, ...find(offset).map((place) => counts.at(place, definition)))
  const countWay = (probe: Probe): number =>
    typeof probe === 'number'
      ? count(probe, true)
      : Math.max(0, count(probe.of, true) - count(probe.less, true))
  return {
    kind: 'source',
    structure: source.structure,
    statements: source.statements.map((probe) => count(probe, true)),
    functions: source.functions.map((probe) => count(probe, false)),
    branches: source.branches.map((probes) => probes.map(countWay)),
  }
}
