import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Attachment, RunId, TestCase } from '@muster/model'
import { sha256, storeOutput } from '../journal/output-store.ts'

/** Of one file; a video of a minute is a few of them. */
const MAX_FILE_BYTES = 64 << 20
/** Of a run: what it says is worth more than the disk of whoever runs it. */
const MAX_RUN_BYTES = 1 << 30

/**
 * Keeps a copy of what test cases attach, since the next run of their tool takes the files away. Content that is there
 * already costs nothing.
 */
export class AttachmentKeeper {
  readonly #root: string
  readonly #run: RunId
  readonly #warn: (message: string) => void
  readonly #limits: { readonly file: number; readonly run: number }
  readonly #seen = new Set<string>()
  #bytes = 0
  #full = false

  /** @param warn for people; called once when no more is kept */
  constructor(
    root: string,
    run: RunId,
    warn: (message: string) => void,
    limits = { file: MAX_FILE_BYTES, run: MAX_RUN_BYTES },
  ) {
    this.#root = root
    this.#run = run
    this.#warn = warn
    this.#limits = limits
  }

  /** The case with its attachments kept, or with the reason why one isn't. */
  keep(testCase: TestCase): TestCase {
    const { attachments } = testCase
    if (!attachments) return testCase
    return { ...testCase, attachments: attachments.map((each) => this.#keepOne(each)) }
  }

  #keepOne(attachment: Attachment): Attachment {
    const { file, kept, lost } = attachment
    if (kept || lost !== undefined || file === undefined) return attachment
    const absolute = path.resolve(this.#root, file)
    try {
      const { size } = statSync(absolute)
      if (size > this.#limits.file)
        return { ...attachment, lost: `it is too large to be kept (${mebibytes(size)})` }
      const data = readFileSync(absolute)
      const hash = sha256(data)
      if (!this.#seen.has(hash)) {
        if (this.#bytes + size > this.#limits.run) return this.#refuse(attachment)
        storeOutput(this.#root, this.#run, data)
        this.#bytes += size
        this.#seen.add(hash)
      }
      return { ...attachment, kept: { runId: this.#run, sha256: hash, bytes: size } }
    } catch (error) {
      return { ...attachment, lost: `it could not be read: ${(error as Error).message}` }
    }
  }

  #refuse(attachment: Attachment): Attachment {
    const limit = mebibytes(this.#limits.run)
    if (!this.#full) this.#warn(`attachments of this run have reached ${limit}: no further ones are kept`)
    this.#full = true
    return { ...attachment, lost: `the run's attachments had reached ${limit}` }
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / (1 << 20))} MiB`
