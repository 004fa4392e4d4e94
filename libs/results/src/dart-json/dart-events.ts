import type { CaseError } from '@muster/model'
import type { CaseSink } from '../case-sink.ts'
import { BoundedText } from '../bounded-text.ts'
import { listField, numberField, objectField, textField, type JsonObject } from '../json/fields.ts'
import { makeCase } from '../make-case.ts'
import { makeError } from '../make-error.ts'
import { type PathBase, workspacePath } from '../workspace-path.ts'

interface OpenTest {
  readonly path: readonly string[]
  readonly file: string | undefined
  /** Milliseconds since the run began. */
  readonly startedAt: number
  readonly skipReason: string | undefined
  readonly printed: BoundedText
  error: CaseError | undefined
}

/** Follows the events of tests, which run side by side, and tells each as it ends. */
export class DartEvents {
  sawAny = false
  /** The runner said that it ended. */
  done = false
  readonly #cases: CaseSink
  readonly #base: PathBase
  readonly #suites = new Map<number, string | undefined>()
  /** Full names of groups: that of a group begins with its parent's. */
  readonly #groups = new Map<number, string>()
  readonly #tests = new Map<number, OpenTest>()

  constructor(cases: CaseSink, base: PathBase) {
    this.#cases = cases
    this.#base = base
  }

  event(event: JsonObject): void {
    const type = textField(event, 'type')
    const time = numberField(event, 'time')
    if (type === undefined || time === undefined) return
    this.sawAny = true
    const id = numberField(event, 'testID')
    const test = id === undefined ? undefined : this.#tests.get(id)
    if (type === 'suite') this.#suite(objectField(event, 'suite'))
    else if (type === 'group') this.#group(objectField(event, 'group'))
    else if (type === 'testStart') this.#start(objectField(event, 'test'), time)
    else if (type === 'done') this.done = true
    else if (!test || id === undefined) return
    else if (type === 'print') test.printed.add(`${textField(event, 'message') ?? ''}\n`)
    else if (type === 'error') test.error ??= errorOf(event)
    else if (type === 'testDone') {
      this.#tests.delete(id)
      this.#end(test, event, time)
    }
  }

  /** Tests that never told their end are errors if the run has one. */
  end(): void {
    if (!this.done) return
    for (const test of this.#tests.values()) {
      const error = test.error ?? makeError({ message: 'never ended' })
      this.#cases.push(makeCase({ ...test, status: 'failed', error, errored: true }))
    }
  }

  #suite(suite: JsonObject | undefined): void {
    const [id, path] = [numberField(suite, 'id'), textField(suite, 'path')]
    if (id === undefined) return
    this.#suites.set(id, path === undefined ? undefined : workspacePath(path, this.#base))
  }

  #group(group: JsonObject | undefined): void {
    const id = numberField(group, 'id')
    if (id !== undefined) this.#groups.set(id, textField(group, 'name') ?? '')
  }

  #start(test: JsonObject | undefined, startedAt: number): void {
    const id = numberField(test, 'id')
    if (id === undefined) return
    const groups = listField(test, 'groupIDs')
      .map((group) => (typeof group === 'number' ? this.#groups.get(group) : undefined))
      .filter((name) => name !== undefined && name !== '')
    this.#tests.set(id, {
      path: titles([...groups, textField(test, 'name') ?? '']),
      file: this.#suites.get(numberField(test, 'suiteID') ?? Number.NaN),
      startedAt,
      skipReason: textField(objectField(test, 'metadata'), 'skipReason'),
      printed: new BoundedText(),
      error: undefined,
    })
  }

  #end(test: OpenTest, event: JsonObject, time: number): void {
    const result = textField(event, 'result')
    const failed = result !== 'success'
    // Loading a file, setUpAll and tearDownAll are hidden unless they fail.
    if (event['hidden'] === true && !failed) return
    this.#cases.push(
      makeCase({
        ...test,
        status: failed ? 'failed' : event['skipped'] === true ? 'skipped' : 'passed',
        durationMs: time - test.startedAt,
        errored: result === 'error',
        stdout: test.printed.text,
      }),
    )
  }
}

const errorOf = (event: JsonObject): CaseError => {
  const stack = textField(event, 'stackTrace')
  return makeError({ message: textField(event, 'error'), stack })
}

/** Each name begins with that of the group around. */
function titles(names: readonly (string | undefined)[]): string[] {
  let around = ''
  return names.map((name = '') => {
    const title = around !== '' && name.startsWith(`${around} `) ? name.slice(around.length + 1) : name
    around = name
    return title
  })
}
