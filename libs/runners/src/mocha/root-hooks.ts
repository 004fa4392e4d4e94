import type { MochaRootSuite, RootHook } from './mocha-api.ts'

const HOOKS: readonly RootHook[] = ['beforeAll', 'beforeEach', 'afterAll', 'afterEach']

/**
 * Looks for a test file that adds a hook outside all groups: it runs around the tests of all files. Hooks of
 * `require`d plugins are there before this is called; those of mocha's `file` option are in every part.
 * @param shared absolute files of that option
 * @returns the first such file so far
 */
export function watchRootHooks(root: MochaRootSuite, shared: ReadonlySet<string>): () => string | undefined {
  let loading: string | undefined
  let found: string | undefined
  root.on('pre-require', (_, file) => (loading = file))
  for (const hook of HOOKS) {
    root.on(hook, () => {
      if (loading !== undefined && !shared.has(loading)) found ??= loading
    })
  }
  return () => found
}
