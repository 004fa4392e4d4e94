import type { Vitest, VitestConfig } from './vitest-api.ts'

/**
 * Why a suite must not be split by file, for people; from the configuration as vitest has resolved it, of all projects.
 * No reasons: `isolate: false` (vitest itself deals out files to workers then), setup files (each file has them).
 */
export function wholeReason({ config, projects }: Pick<Vitest, 'config' | 'projects'>): string | undefined {
  for (const each of [config, ...projects.map((project) => project.config)]) {
    const reason = reasonOf(each)
    if (reason !== undefined) return reason
  }
  return undefined
}

function reasonOf({ bail, globalSetup, sequence, typecheck }: VitestConfig): string | undefined {
  if ((bail ?? 0) > 0) return 'bail: failures in one file leave out tests of others'
  if ((globalSetup ?? []).length > 0) return 'globalSetup: it runs once for all files'
  const shuffle = sequence?.shuffle
  if (shuffle === true || (typeof shuffle === 'object' && shuffle.files === true))
    return 'sequence.shuffle: one seed orders all files'
  if (typecheck?.enabled === true) return 'typecheck: the compiler checks all files at once'
  return undefined
}
