import type { TestCase } from '@muster/model'
import type { EndMessage, RunnerCounts, UnitMessage } from '../runner.ts'
import type { ReporterInput } from './reporter-input.ts'
import { WantedCases } from './wanted-cases.ts'

/**
 * Tells cases, and their end. In a rerun of cases, tools count as skipped what wasn't asked for, and may run namesakes:
 * then only what was asked for is told and counted, and what fails beside it, which may be why the rest didn't run.
 */
export class CaseTeller {
  readonly #emit: (message: UnitMessage) => void
  readonly #rerun: boolean
  readonly #wanted: WantedCases
  readonly #told = { passed: 0, failed: 0, skipped: 0 }
  #ended = false

  constructor(emit: (message: UnitMessage) => void, { cases }: ReporterInput) {
    this.#emit = emit
    this.#rerun = cases !== undefined
    this.#wanted = new WantedCases(cases)
  }

  /** Nothing after the end: a tool that bails out may finish what it was at while it takes leave. */
  case(testCase: TestCase): void {
    if (this.#ended) return
    const wanted = this.#wanted.take(testCase.path, testCase.file)
    if (!wanted && testCase.status !== 'failed') return
    this.#told[testCase.status]++
    this.#emit({ type: 'case', case: testCase })
  }

  error(message: string, rest: { readonly stack?: string; readonly environment?: boolean } = {}): void {
    this.#emit({ type: 'error', message, ...rest })
  }

  /** @param counts the tool's own */
  end(counts: RunnerCounts, rest: Pick<EndMessage, 'whole' | 'fileMs'>): void {
    this.#ended = true
    const missing = this.#wanted.missing()
    this.#emit({
      type: 'end',
      counts: this.#rerun ? this.#told : counts,
      ...rest,
      ...(missing !== undefined && { missing }),
    })
  }
}
