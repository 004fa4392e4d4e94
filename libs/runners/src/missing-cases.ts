import type { CASE_PATH_SEPARATOR, CaseRef } from '@muster/model'

/** Written again, but checked: units load no package. */
const SEPARATOR: typeof CASE_PATH_SEPARATOR = ' › '
const NAMED = 3

/** For people; undefined when none is missing. */
export function describeMissing(missing: readonly CaseRef[], asked: number): string | undefined {
  if (missing.length === 0) return undefined
  const names = missing
    .slice(0, NAMED)
    .map(({ path }) => path.join(SEPARATOR))
    .join(', ')
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : ''
  if (missing.length < asked) {
    return `${missing.length} of the ${asked} test cases to rerun no longer exist: ${names}${more}`
  }
  return asked === 1
    ? `the test case to rerun no longer exists: ${names}`
    : `none of the ${asked} test cases to rerun exists any longer: ${names}${more}`
}
