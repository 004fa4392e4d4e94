/** The meaning of every exit code; docs/exit-codes.md explains them to users. */
export const EXIT = {
  passed: 0,
  /** A suite failed, timed out, crashed or had no tests. */
  failed: 1,
  /** The command line or a suite.json is wrong, or a suite that was asked for by name doesn't exist. */
  usage: 2,
  /** No test failed, but something could not be run: runner missing, Nx didn't start. */
  environment: 3,
  /** Stopped before the end (Ctrl-C: 130, as shells have it). */
  aborted: 130,
  /** A bug in Muster. */
  internal: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
