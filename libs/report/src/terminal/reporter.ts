import type { RunEvent, RunRecord } from '@muster/model'

/** Shows a run while it goes. Neither method ever throws: a closed pipe can't fail the run. */
export interface Reporter {
  accept(event: RunEvent): void
  /** @param record the finished run, for the summary; without it nothing more is printed */
  close(record?: RunRecord): void
}

export interface ReporterOptions {
  readonly stream: import('./stream-style.ts').OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute workspace root. */
  readonly root: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** As printed below the summary; null when no report was written. */
  readonly report?: string | null
}
