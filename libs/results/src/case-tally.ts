import type { TestCase } from '@muster/model'
import type { CaseSink } from './case-sink.ts'

/** `tests` is passed + failed + errors + skipped, always. */
export interface CaseTotals {
  /** Groups (classes, packages, files, `testsuite` elements) that hold test cases themselves. */
  readonly suites: number
  readonly tests: number
  readonly passed: number
  /** Expectations that were not met. */
  readonly failed: number
  /** Tests that broke, or whose set-up did: JUnit's `<error>`, a crash, a build failure. */
  readonly errors: number
  readonly skipped: number
  /** The cases' times together; milliseconds. */
  readonly durationMs: number
}

/** Counts cases as they come, and hands them on. Keeps the names of the groups and nothing else. */
export class CaseTally implements CaseSink {
  length = 0
  readonly #onCase: (testCase: TestCase) => void
  readonly #groups: Set<string> | undefined
  #lastGroup: string | undefined
  #passed = 0
  #failed = 0
  #errors = 0
  #durationMs = 0

  /** @param countsGroups false when the format has a count of its own */
  constructor(onCase: (testCase: TestCase) => void, countsGroups: boolean) {
    this.#onCase = onCase
    this.#groups = countsGroups ? new Set() : undefined
  }

  push(testCase: TestCase): void {
    this.length++
    this.#durationMs += testCase.durationMs
    if (testCase.status === 'passed') this.#passed++
    else if (testCase.status === 'failed' && testCase.errored === true) this.#errors++
    else if (testCase.status === 'failed') this.#failed++
    if (this.#groups) this.#group(testCase, this.#groups)
    this.#onCase(testCase)
  }

  /** @param suites the format's own count of groups, where it has one */
  totals(suites = this.#groups?.size ?? 0): CaseTotals {
    const [passed, failed, errors] = [this.#passed, this.#failed, this.#errors]
    return {
      suites,
      tests: this.length,
      passed,
      failed,
      errors,
      skipped: this.length - passed - failed - errors,
      durationMs: Math.round(this.#durationMs * 1000) / 1000,
    }
  }

  #group({ path, file = '' }: TestCase, groups: Set<string>): void {
    const group = `${file}\0${path.slice(0, -1).join('\0')}`
    if (group === this.#lastGroup) return
    this.#lastGroup = group
    groups.add(group)
  }
}
