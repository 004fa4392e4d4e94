/** One way to run the same suites. Each gets a workspace of its own with the same test files. */
export interface Contestant {
  readonly name: string
  /** What the reader of the table must know. */
  readonly note: string
  /** Whose node_modules it needs: the peers', or those with Muster. */
  readonly modules: 'peers' | 'muster'
  /** Files beside the common ones, by path; also overrules common ones. */
  readonly files: (suites: readonly string[]) => Readonly<Record<string, string>>
  /** Run at the workspace root, without a shell. */
  readonly command: string
  /** Paths whose removal makes the next run a cold one. */
  readonly caches: readonly string[]
  /** False when there is no cache: it has no warm row. */
  readonly remembers: boolean
}

export const PARALLEL = 2

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** For tools that are configured in each package's package.json. */
export const eachPackage = (
  suites: readonly string[],
  extra: (suite: string) => Record<string, unknown>,
): Record<string, string> =>
  Object.fromEntries(
    suites.map((suite) => [
      `packages/${suite}/package.json`,
      json({ name: suite, version: '0.0.0', private: true, type: 'module', ...extra(suite) }),
    ]),
  )
