import type { AttemptWatch } from './attempt-watch.ts'
import type { Interruption } from './interruption.ts'
import type { OutputLimit } from './output/bounded-capture.ts'
import { markerValue } from './processes/marker.ts'
import type { ProcessFinder } from './processes/process-finder.ts'

/** What everything that runs for one attempt shares. */
export interface AttemptTools {
  /** Absolute workspace root. */
  readonly root: string
  readonly finder: ProcessFinder
  readonly watch: AttemptWatch
  readonly outputLimit: OutputLimit
  /** Aborted with an `Interruption`. */
  readonly signal: AbortSignal
  /** Milliseconds between SIGTERM and SIGKILL, asked when it comes to that. */
  readonly graceMs: () => number
  /** Unique on this machine; the first part of the markers of all processes of the attempt. */
  readonly token: string
  /** The marker that this process carries itself. */
  readonly outerMarker: string | undefined
}

/** The tools of one attempt, and the ways to end it. */
export interface AttemptControl {
  readonly tools: AttemptTools
  /** The first reason counts. */
  readonly interrupt: (reason: Interruption) => void
  /** Sets another grace. */
  readonly hurry: (graceMs: number) => void
}

export const marker = ({ outerMarker }: AttemptTools, token: string): string =>
  markerValue(outerMarker, token)
