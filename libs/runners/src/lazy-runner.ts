import type { Runner } from './runner.ts'

/** A runner that can split its suites. */
export type SplittingRunner = Runner & Required<Pick<Runner, 'files'>>

/** Loaded when its first suite is asked about: a run has few runners, and each is many modules. */
export const lazyRunner = (name: string, load: () => Promise<Runner>): Runner => ({
  name,
  version: async (...asked) => (await load()).version(...asked),
  prepare: async (...asked) => (await load()).prepare(...asked),
})

export const lazySplittingRunner = (name: string, load: () => Promise<SplittingRunner>): SplittingRunner => ({
  ...lazyRunner(name, load),
  files: async (...asked) => (await load()).files(...asked),
})
