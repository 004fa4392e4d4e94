import { readFileSync } from 'node:fs'
import { err, ok, type Result } from '@muster/model'

export type Load = 'idle' | 'busy'

/** Real samples of one benchmark, a fresh process a run. */
export interface Recording {
  readonly what: string
  readonly machine: string
  readonly node: string
  readonly recordedAt: string
  /** Milliseconds. */
  readonly runs: readonly { readonly load: Load; readonly samples: readonly number[] }[]
}

export function readRecording(file: string | URL): Result<Recording, string> {
  try {
    const recording = JSON.parse(readFileSync(file, 'utf8')) as Partial<Recording>
    if (!Array.isArray(recording.runs) || recording.runs.length === 0)
      return err(`${String(file)} holds no runs`)
    return ok(recording as Recording)
  } catch (error) {
    return err(`${String(file)} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
