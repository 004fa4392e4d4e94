import type { AttemptRecord, OutputRef, SuiteRecord } from '@muster/model'
import { isTroubled } from '../facts/suite-facts.ts'
import { clipStart } from '../text/clip.ts'
import type { AttemptOutput } from './report-data.ts'

export type ReadOutput = (ref: OutputRef) => Promise<string | undefined>

const MAX_OUTPUT = 64_000
/** All captured output together. */
const OUTPUT_BUDGET = 8_000_000

/** Reads captured output for the page, within a budget for the whole page; characters. */
export class OutputReader {
  #budget = OUTPUT_BUDGET
  readonly #read: ReadOutput

  constructor(read: ReadOutput) {
    this.#read = read
  }

  /** The output of an attempt that somebody may want to read; nothing of one that is as it should be. */
  async of(suite: SuiteRecord, attempt: AttemptRecord): Promise<AttemptOutput> {
    if (!isOfInterest(suite, attempt)) return {}
    const stdout = await this.#text(attempt.stdout)
    const stderr = await this.#text(attempt.stderr)
    return { ...(stdout !== undefined && { stdout }), ...(stderr !== undefined && { stderr }) }
  }

  async #text(ref: OutputRef | undefined): Promise<string | undefined> {
    if (!ref || ref.bytes === 0) return undefined
    if (this.#budget < MAX_OUTPUT) return '(left out: the report already holds 8 MB of output)'
    // A capture that is gone is said in its place, so that nobody takes it for silence.
    const text = (await this.#read(ref).catch(() => undefined)) ?? '(the captured output is no longer there)'
    const clipped = clipStart(text, MAX_OUTPUT)
    this.#budget -= clipped.length
    return clipped
  }
}

/** The output of a clean pass is not worth reading from disk after every run, nor that of a clean shard. */
function isOfInterest(suite: SuiteRecord, attempt: AttemptRecord): boolean {
  if (attempt.superseded !== undefined) return false
  if (attempt.status !== 'passed') return true
  const doubtful = suite.flaky > 0 || suite.quarantined > 0
  return doubtful || (suite.units.length <= 1 && isTroubled(suite))
}
