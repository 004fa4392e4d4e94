import { addWays, asLines, mergeLines } from './line-coverage.ts'
import { project } from './project-coverage.ts'
import type { Coverage, FileCoverage, Structure } from './structure.ts'

/**
 * Adds up what several units, suites or runs say. In whatever order and grouping they come, what is covered and what
 * there is to cover comes out the same.
 */
export function mergeCoverage(parts: Iterable<Coverage>): Map<string, FileCoverage> {
  const merged = new Map<string, FileCoverage>()
  for (const part of parts) {
    for (const [path, file] of part) {
      const known = merged.get(path)
      merged.set(path, known ? mergeFile(known, file) : file)
    }
  }
  return merged
}

export function mergeFile(a: FileCoverage, b: FileCoverage): FileCoverage {
  if (a.kind === b.kind && sameStructure(a.structure, b.structure)) return add(a, b)
  if (a.kind === 'source' && (b.kind !== 'source' || placesOf(a.structure) > placesOf(b.structure)))
    return add(a, project(b, a))
  if (b.kind === 'source') return add(b, project(a, b))
  // Of two instrumenters, or one and less: only lines can be compared.
  return mergeLines([asLines(a), asLines(b)])
}

/** Of one structure. */
function add(a: FileCoverage, b: Pick<FileCoverage, 'statements' | 'functions' | 'branches'>): FileCoverage {
  return {
    ...a,
    statements: addWays(a.statements, b.statements),
    functions: addWays(a.functions, b.functions),
    branches: a.branches.map((ways, index) => addWays(ways, b.branches[index]!)),
  }
}

/** Names are for people: tools give nameless functions names of their own. */
function sameStructure(a: Structure, b: Structure): boolean {
  return a === b || placesOf(a) === placesOf(b)
}

const known = new WeakMap<Structure, string>()

function placesOf(structure: Structure): string {
  const text =
    known.get(structure) ??
    JSON.stringify([
      structure.statements,
      structure.functions.map(({ declaration, body }) => [declaration, body]),
      structure.branches.map(({ type, at, ways }) => [type, at, ways]),
    ])
  known.set(structure, text)
  return text
}
