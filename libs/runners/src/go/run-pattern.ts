import { escapePattern } from '../tool/escape-pattern.ts'

/**
 * The value of `-run` for some tests. Go matches a test's name part by part, a part being what stands between
 * slashes, so that several tests of different depths share the parts that all have: it may take in others, never too few.
 * @param names of tests and subtests, `TestSum/big_numbers`
 */
export function runPattern(names: readonly string[]): string {
  // A test runs with what is below it; where something below is named, that says more.
  const parts = [...new Set(names)].filter((name) => !names.some((each) => each.startsWith(`${name}/`)))
  const split = parts.map((name) => name.split('/'))
  const depth = Math.min(...split.map(({ length }) => length))
  const levels = Array.from({ length: depth }, (_, level) => new Set(split.map((each) => each[level] ?? '')))
  return levels.map((titles) => `^(?:${[...titles].map(escapePattern).join('|')})$`).join('/')
}
