import type { CaseStatus, TestCase } from '@muster/model'
import { failureOf, type Place } from './panic-error.ts'

export interface LibtestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A test as libtest names it, without its target. */
export type LibtestCase = Pick<TestCase, 'status' | 'durationMs' | 'skipReason' | 'error' | 'stdout'> & {
  readonly name: string
  readonly place?: Place
}

const BEGIN = /^running (\d+) tests?$/
const TEST = /^test (.+?)(?: - (?:should panic|compile fail|compile|no_run))? \.\.\. (.*)$/
const VERDICT = /^(?:ok|FAILED|ignored(?:, (.*))?|bench: .*)(?: <\d.*>)?$/
const HEADER = /^---- (.+?) (?:stdout|stderr) ----$/
const RESULT = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored; (\d+) measured;/

export const beginOf = (line: string): number | undefined => {
  const count = BEGIN.exec(line)?.[1]
  return count === undefined ? undefined : Number(count)
}

/**
 * What one test binary prints, from `running 3 tests` to `test result: …`. Failures are told at its end, with what is
 * known of them by then.
 *
 *     names ──"failures:"──▶ details ──"failures:"──▶ list ──"test result:"──▶ done
 */
export class LibtestBlock {
  /** As announced. */
  readonly expected: number
  /** Libtest's own, once it is done. */
  counts: LibtestCounts | undefined
  readonly told = { passed: 0, failed: 0, skipped: 0 }
  readonly #tell: (testCase: LibtestCase) => void
  readonly #failures = new Map<string, string[]>()
  /** A test whose verdict is still to come: one thread alone prints the name first. */
  #running: string | undefined
  #section: string[] | undefined

  constructor(expected: number, tell: (testCase: LibtestCase) => void) {
    this.expected = expected
    this.#tell = tell
  }

  /** The test that ran when the binary ended, if it can be known. */
  get running(): string | undefined {
    return this.#running
  }

  line(text: string): void {
    const result = RESULT.exec(text)
    if (result) return this.#end(result)
    const header = HEADER.exec(text)?.[1]
    if (header !== undefined && (this.#failures.has(header) || this.#section)) {
      this.#section = this.#failures.get(header) ?? []
    } else if (this.#section) this.#section.push(text)
    else this.#verdict(text)
  }

  #verdict(text: string): void {
    const [, name, verdict = ''] = TEST.exec(text) ?? []
    if (name !== undefined && !VERDICT.test(verdict)) this.#running = name
    const known = name ?? this.#running
    const word = VERDICT.exec(name === undefined ? text : verdict)
    if (known === undefined || !word) return
    this.#running = undefined
    if (word[0].startsWith('FAILED')) this.#failures.set(known, [])
    else if (word[0].startsWith('ignored')) this.#give(known, 'skipped', word[1])
    else this.#give(known, 'passed')
  }

  #end(result: RegExpExecArray): void {
    for (const [name, lines] of this.#failures) {
      this.told.failed++
      this.#tell({ name, status: 'failed', durationMs: 0, ...failureOf(withoutList(lines)) })
    }
    const [passed, failed, skipped, measured] = result.slice(1, 5).map(Number) as [
      number,
      number,
      number,
      number,
    ]
    this.counts = { passed: passed + measured, failed, skipped }
  }

  #give(name: string, status: Exclude<CaseStatus, 'failed'>, skipReason?: string): void {
    this.told[status]++
    this.#tell({ name, status, durationMs: 0, ...(skipReason !== undefined && { skipReason }) })
  }
}

/** The details of the last failure are followed by the names of all. */
function withoutList(lines: readonly string[]): readonly string[] {
  const list = lines.lastIndexOf('failures:')
  return list === -1 ? lines : lines.slice(0, list)
}
