import type { MochaSuite } from './mocha-api.ts'

interface Names {
  /** Absolute; in every part anyway. */
  readonly shared: ReadonlySet<string>
  /** For people. */
  readonly nameOf: (file: string | undefined) => string
}

/**
 * Why a suite with these tests must not be split by file.
 * @param root when mocha emits `start`
 */
export function wholeByTree(root: MochaSuite, names: Names): string | undefined {
  return root.hasOnly() ? 'an ".only" leaves out the tests of all other files' : reasonIn(root, names)
}

function reasonIn(suite: MochaSuite, names: Names): string | undefined {
  const { shared, nameOf } = names
  if (suite.bail()) {
    return `"${suite.title}" of ${nameOf(suite.file)} bails: it is left out after the failure of any file`
  }
  for (const { file } of suite.tests) {
    if (file === undefined) continue
    if (shared.has(file)) return `${nameOf(file)} has tests, which every part would run`
    // In the "qunit" interface a group stays open until the next one.
    if (suite.file !== undefined && suite.file !== file) {
      return `${nameOf(file)} adds tests to "${suite.title}" of ${nameOf(suite.file)}`
    }
  }
  for (const child of suite.suites) {
    const reason = reasonIn(child, names)
    if (reason !== undefined) return reason
  }
  return undefined
}
