import { CASE_PATH_SEPARATOR } from '@muster/model'

/** Suite names that reporters give when there is no suite; they tell nothing. */
const GENERIC = new Set(['', 'pytest', 'Root Suite', 'undefined'])
/** PHPUnit names a suite after its configuration file; a name must not differ between machines. */
const ABSOLUTE_PATH = /^(?:\/|[A-Za-z]:[\\/])/
const UNNAMED = '(unnamed test)'

/**
 * The titles of a test case from what JUnit XML says. Dialects disagree: the class may repeat the suite
 * (Surefire, gotestsum, nextest, PHPUnit with other separators, Catch2 as a prefix) or the test's own name
 * (jest-junit, mocha-junit-reporter), so a title that another one already tells is left out.
 * @param groups names of the enclosing `testsuite` elements, outermost first
 */
export function casePath(
  groups: readonly string[],
  className: string | undefined,
  name: string | undefined,
): string[] {
  const title = name === undefined || name === '' ? (className ?? '') || UNNAMED : name
  const suites = groups.filter((group) => !GENERIC.has(group) && !ABSOLUTE_PATH.test(group))
  if (className === undefined || className === '' || title.endsWith(className)) return [...suites, title]
  const key = normal(className)
  const full = `${key}.${title}`
  return [...suites.filter((group) => !isTold(normal(group), key, full)), className, title]
}

/** By the class, or (PHPUnit's data sets) by the class and the start of the title. */
const isTold = (group: string, key: string, full: string): boolean =>
  isPrefix(group, key) || (group.startsWith(`${key}.`) && full.startsWith(group))

const normal = (name: string): string => name.replaceAll(/[\\/:]+/g, '.')

const isPrefix = (prefix: string, key: string): boolean => key === prefix || key.startsWith(`${prefix}.`)

/** The `classname` that the writer gives: the suite's name, then the groups. */
export const ownClassName = (suite: string, path: readonly string[]): string =>
  [suite, ...path.slice(0, -1)].join(CASE_PATH_SEPARATOR)

/** The inverse, for files that the writer made. A title with a separator in it comes back as several. */
export function ownCasePath(
  suite: string,
  className: string | undefined,
  name: string | undefined,
): string[] {
  const prefix = `${suite}${CASE_PATH_SEPARATOR}`
  const groups = className?.startsWith(prefix)
    ? className.slice(prefix.length).split(CASE_PATH_SEPARATOR)
    : []
  return [...groups, name ?? '']
}
