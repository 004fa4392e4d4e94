import type { CaseError, TestCase } from '@muster/model'
import type { JestCase } from './jest-api.ts'
import { jestError } from './jest-error.ts'

/** Where a file's cases belong. */
export interface JestPlace {
  /** Workspace-relative. */
  readonly file: string
  /** The project's name, when there are several: they may run the same files. */
  readonly project: readonly string[]
}

const SKIP_REASONS: Partial<Record<JestCase['status'], string>> = { todo: 'todo', disabled: 'disabled' }

/**
 * The cases of one file in one project. Jest tells each execution as it ends, and at the end of the file all
 * tests with their last one. A pass is told at once; a failure waits for the file, since jest retries it later. It tells no
 * execution of a skipped test.
 */
export class JestCases {
  readonly #place: JestPlace
  readonly #told = new Map<string, number>()
  /** Failed executions that nothing was told of yet, by test. */
  readonly #failed = new Map<string, JestCase[]>()

  constructor(place: JestPlace) {
    this.#place = place
  }

  /** An execution ended; returns the case if that is its end. */
  ended(test: JestCase): TestCase | undefined {
    const key = keyOf(test)
    if (test.status === 'passed') {
      this.#told.set(key, (this.#told.get(key) ?? 0) + 1)
      return this.#case(test, this.#earlier(key, test))
    }
    if (test.status === 'failed') this.#failed.set(key, [...(this.#failed.get(key) ?? []), test])
    return undefined
  }

  /** What was not told yet, once the file is done. */
  rest(tests: readonly JestCase[]): TestCase[] {
    return tests.flatMap((test) => {
      const key = keyOf(test)
      const told = this.#told.get(key) ?? 0
      if (test.status === 'passed' && told > 0) {
        this.#told.set(key, told - 1)
        return []
      }
      const earlier = this.#earlier(key, test)
      // The last of its executions is the one that the file tells.
      if (test.status === 'failed') this.#failed.get(key)?.shift()
      return [this.#case(test, earlier)]
    })
  }

  /** What failed and would be lost, since the file's end will never be told. */
  pending(): TestCase[] {
    return [...this.#failed].flatMap(([key, [first]]) => {
      const last = this.#failed.get(key)?.at(-1)
      return first && last ? [this.#case(last, this.#earlier(key, last))] : []
    })
  }

  #earlier(key: string, { invocations = 1 }: JestCase): CaseError[] {
    return (this.#failed.get(key) ?? []).splice(0, invocations - 1).map(jestError)
  }

  #case(test: JestCase, earlierErrors: readonly CaseError[]): TestCase {
    const { ancestorTitles, title, status, duration, invocations = 1 } = test
    const { file, project } = this.#place
    const skipReason = SKIP_REASONS[status]
    return {
      path: [...project, ...ancestorTitles, title],
      file,
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
      durationMs: duration ?? 0,
      ...(invocations > 1 && { attempts: invocations }),
      ...(earlierErrors.length > 0 && { earlierErrors }),
      ...(skipReason !== undefined && { skipReason }),
      ...(status === 'failed' && { error: jestError(test) }),
    }
  }
}

const keyOf = ({ ancestorTitles, title }: JestCase): string => JSON.stringify([ancestorTitles, title])
