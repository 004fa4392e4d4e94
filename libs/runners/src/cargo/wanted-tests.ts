import type { CaseRef } from '@muster/model'
import { hookTitle } from '../tool/wanted-cases.ts'

/** What stands for a whole target: `(build failed)`, `(own harness)`. */
const isWhole = ({ path }: CaseRef): boolean => /^\(.+\)$/.test(path[1] ?? '(all)')

/** As a rerun takes them: a target that failed as a whole stands for all of its tests, in whatever files. */
export const wantedTests = (cases: readonly CaseRef[]): readonly CaseRef[] =>
  cases.map((each) => (isWhole(each) ? { path: [each.path[0] ?? '', hookTitle('whole')] } : each))

export interface TestChoice {
  /** Of targets. */
  readonly ids: readonly string[]
  /** For `--exact`; undefined: all tests of these targets. */
  readonly names?: readonly string[]
}

/** What to run for a rerun of cases. */
export function chooseTests(cases: readonly CaseRef[]): TestChoice {
  const ids = [...new Set(cases.map(({ path }) => path[0] ?? ''))]
  // Rustdoc cuts what it is given at spaces, which the names of doc tests have.
  const all = cases.some(isWhole) || ids.some((id) => id.endsWith('::doc'))
  return { ids, ...(!all && { names: [...new Set(cases.map(({ path }) => path[1] ?? ''))] }) }
}
