/** Numbers in names compare by value: `t9` stands before `t10`. */
const sortKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(10, '0'))

const REACH = [-3, -2, -1, 1, 2, 3]

/**
 * How warm it is around each name in alphabetical order: the sum of its neighbours' `heat`, nearer ones counting more.
 * Names that stand together mostly are of one folder, and share the code that breaks.
 */
export function nameNeighbours(
  names: readonly string[],
  heat: (name: string) => number,
): Map<string, number> {
  const sorted = [...new Set(names)]
    .map((name) => ({ name, key: sortKey(name), heat: heat(name) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return new Map(
    sorted.map(({ name }, i) => [
      name,
      REACH.reduce((sum, step) => sum + (sorted[i + step]?.heat ?? 0) / (Math.abs(step) + 1), 0),
    ]),
  )
}
