import type { CaseRef } from '@muster/model'
import { isFileCase, isHookTitle } from '../tool/wanted-cases.ts'

/**
 * `--test-name-pattern`s that make node run at least these cases. Always by the outermost title: node 20 looks at a
 * test's own name only, and from 22 on a subtest (`t.test`) is reached only through the test around it, which nobody can
 * tell from a suite by its title. What runs beside them isn't told.
 * @returns none: everything in the files must run
 */
export function namePatterns(cases: readonly CaseRef[]): readonly string[] {
  if (cases.some((ref) => isFileCase(ref) || isHookTitle(ref.path[0]))) return []
  const titles = new Set(cases.map(({ path }) => path[0]!))
  return [...titles].map((title) => `--test-name-pattern=^${escaped(title)}$`)
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
