import type { CaseError, CaseStatus, TestCase } from '@muster/model'
import { countField, numberField, objectField, textField, type JsonObject } from '../json/fields.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'

/**
 * Joins what the lists of the report say of a test. A test states no status of its own: it failed when it
 * has an error, and was pending when the list of those names it.
 */
export class MochaCases {
  /** Failures that are no tests. */
  hooks = 0
  readonly #cases: TestCase[] = []
  readonly #base: PathBase
  /** Tests of one name that have passed as far as is known, by their index; `next` is the first to correct. */
  readonly #passed = new Map<string, { readonly indexes: number[]; next: number }>()
  /** How many of one name are known to be pending or failed already. */
  readonly #told = new Map<string, number>()

  constructor(base: PathBase) {
    this.#base = base
  }

  cases(): readonly TestCase[] {
    return this.#cases
  }

  test(value: JsonObject): void {
    const key = keyOf(value)
    const err = objectField(value, 'err')
    const failed = err !== undefined && Object.keys(err).length > 0
    // One that ran has a duration; one that decided to skip while it ran, too, and is corrected below.
    const status = failed ? 'failed' : numberField(value, 'duration') === undefined ? 'skipped' : 'passed'
    if (status === 'passed') this.#pass(key)
    else this.#told.set(key, (this.#told.get(key) ?? 0) + 1)
    this.#cases.push(this.#case(value, status))
  }

  pending(value: JsonObject): void {
    this.#correct(value, 'skipped')
  }

  failure(value: JsonObject): void {
    if (this.#correct(value, 'failed')) return
    this.hooks++
    this.#cases.push(this.#case(value, 'failed', true))
  }

  #pass(key: string): void {
    const passed = this.#passed.get(key)
    if (passed) passed.indexes.push(this.#cases.length)
    else this.#passed.set(key, { indexes: [this.#cases.length], next: 0 })
  }

  /** False when no test has this name. */
  #correct(value: JsonObject, status: CaseStatus): boolean {
    const key = keyOf(value)
    const told = this.#told.get(key) ?? 0
    if (told > 0) {
      this.#told.set(key, told - 1)
      return true
    }
    const passed = this.#passed.get(key)
    const index = passed?.indexes[passed.next]
    if (!passed || index === undefined) return false
    passed.next++
    this.#cases[index] = this.#case(value, status)
    return true
  }

  #case(value: JsonObject, status: CaseStatus, hook = false): TestCase {
    const title = textField(value, 'title') ?? ''
    const fullTitle = textField(value, 'fullTitle') ?? title
    const file = textField(value, 'file')
    // The titles of the groups are joined by spaces: where one ends isn't told.
    const groups = fullTitle.endsWith(` ${title}`) ? fullTitle.slice(0, -title.length - 1) : ''
    return makeCase({
      path: groups === '' ? [title] : [groups, title],
      file: file === undefined ? undefined : workspacePath(file, this.#base),
      status,
      durationMs: numberField(value, 'duration'),
      attempts: (countField(value, 'currentRetry') ?? 0) + 1,
      error: status === 'failed' ? mochaError(objectField(value, 'err')) : undefined,
      hook,
      errored: hook,
    })
  }
}

const keyOf = (value: JsonObject): string =>
  `${textField(value, 'file') ?? ''}\0${textField(value, 'fullTitle') ?? ''}`

const mochaError = (err: JsonObject | undefined): CaseError =>
  makeError({
    message: textField(err, 'message'),
    stack: textField(err, 'stack'),
    expected: textField(err, 'expected'),
    actual: textField(err, 'actual'),
  })
