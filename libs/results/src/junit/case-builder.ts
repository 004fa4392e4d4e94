import type { CaseError, TestCase } from '@muster/model'
import { takeMarks } from '../attachments.ts'
import { MAX_EARLIER_ERRORS, MAX_ERROR_TEXT, MAX_OUTPUT } from '../limits.ts'
import { cut, detach, firstLine } from '../text.ts'
import type { PathBase } from '../workspace-path.ts'

/** The elements of a test case that tell a result, and what they mean for it. */
export const RESULT_ELEMENTS: ReadonlyMap<string, ResultKind> = new Map<string, ResultKind>([
  ['failure', 'failed'],
  ['error', 'errored'],
  ['skipped', 'skipped'],
  ['disabled', 'skipped'],
  // Surefire and nextest: earlier executions of a case that passed in the end …
  ['flakyFailure', 'flaky'],
  ['flakyError', 'flaky'],
  // … and later ones of a case that failed in the end.
  ['rerunFailure', 'rerun'],
  ['rerunError', 'rerun'],
])

export type ResultKind = 'failed' | 'errored' | 'skipped' | 'flaky' | 'rerun'

export interface ResultElement {
  readonly kind: ResultKind
  readonly message?: string
  readonly type?: string
  readonly text: string
}

export interface CaseStart {
  /** What paths in the report are relative to. */
  readonly base: PathBase
  readonly path: readonly string[]
  readonly file?: string
  readonly durationMs: number
  /** The `status` or `result` attribute that a few dialects use beside or instead of elements. */
  readonly status?: string
}

const FAILED_STATUS = /^(?:fail|failed|failure|error|errored)$/i
const ERRORED_STATUS = /^error(?:ed)?$/i
const SKIPPED_STATUS = /^(?:skip|skipped|notrun|disabled|ignored|suppressed|pending)$/i

/** Gathers the results of one `testcase` element: there may be none or several. */
export class CaseBuilder {
  readonly #start: CaseStart
  readonly #errors: CaseError[] = []
  readonly #reruns: CaseError[] = []
  readonly #flakes: CaseError[] = []
  /** How many there were, whether kept or not. */
  #executed = { reruns: 0, flakes: 0 }
  #failed = false
  #errored = false
  #skipped = false
  /** node:test marks a failure that is expected so, and doesn't count it. */
  #todo = false
  #skipReason: string | undefined
  #stdout = ''
  #stderr = ''

  constructor(start: CaseStart) {
    this.#start = start
  }

  result(element: ResultElement): void {
    switch (element.kind) {
      case 'failed':
        this.#failed = true
        keep(this.#errors, this.#error(element))
        break
      case 'errored':
        this.#errored = true
        keep(this.#errors, this.#error(element))
        break
      case 'rerun':
        this.#executed.reruns++
        if (!saysNothing(element)) keep(this.#reruns, this.#error(element))
        break
      case 'flaky':
        this.#executed.flakes++
        if (!saysNothing(element)) keep(this.#flakes, this.#error(element))
        break
      case 'skipped':
        this.#skipped = true
        this.#todo ||= element.type === 'todo'
        this.#skipReason ??= detach(element.message ?? '') || detach(firstLine(element.text)) || undefined
        break
    }
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    if (stream === 'stdout' && this.#stdout.length <= MAX_OUTPUT) this.#stdout += text
    if (stream === 'stderr' && this.#stderr.length <= MAX_OUTPUT) this.#stderr += text
  }

  /** A failure outweighs a skip, which outweighs a pass. */
  finish(): TestCase {
    const { path, file, durationMs, base, status: stated = '' } = this.#start
    const told = this.#failed || this.#errored || this.#reruns.length > 0
    const failed = !this.#todo && (told || (!this.#skipped && FAILED_STATUS.test(stated)))
    const skipped = !failed && (this.#skipped || SKIPPED_STATUS.test(stated))
    const errored = failed && !this.#failed && (this.#errored || (!told && ERRORED_STATUS.test(stated)))
    const [ofOut, ofErr] = [takeMarks(this.#stdout, base), takeMarks(this.#stderr, base)]
    const [stdout, stderr] = failed ? [ofOut.rest.trim(), ofErr.rest.trim()] : ['', '']
    const attachments = [...ofOut.attachments, ...ofErr.attachments]
    const reason = this.#skipReason
    const executions = this.#executions(failed)
    return {
      path,
      ...(file !== undefined && { file }),
      status: failed ? 'failed' : skipped ? 'skipped' : 'passed',
      durationMs,
      ...executions,
      ...(skipped && reason !== undefined && { skipReason: reason }),
      ...(errored && { errored }),
      ...(stdout !== '' && { stdout: cut(detach(stdout), MAX_OUTPUT) }),
      ...(stderr !== '' && { stderr: cut(detach(stderr), MAX_OUTPUT) }),
      ...(attachments.length > 0 && { attachments }),
    }
  }

  #error(element: ResultElement): CaseError {
    return caseError(element, this.#start.path.at(-1))
  }

  /** Surefire tells the first execution as the failure and each later one as a rerun of it. */
  #executions(failed: boolean): Pick<TestCase, 'attempts' | 'error' | 'earlierErrors'> {
    const first = this.#errors.length > 0 ? [merged(this.#errors)] : []
    const earlier = [...this.#flakes, ...(failed ? [...first, ...this.#reruns] : [])]
    const error = failed ? (earlier.pop() ?? merged([])) : undefined
    const attempts = 1 + this.#executed.flakes + (failed ? this.#executed.reruns : 0)
    return {
      ...(attempts > 1 && { attempts }),
      ...(error && { error }),
      ...(earlier.length > 0 && { earlierErrors: earlier.slice(0, MAX_EARLIER_ERRORS) }),
    }
  }
}

/** Of too many, the last is the one to keep. */
function keep(errors: CaseError[], error: CaseError): void {
  if (errors.length > MAX_EARLIER_ERRORS) errors.pop()
  errors.push(error)
}

/** As our own writer tells an execution of which no more is known than that it was. */
const saysNothing = ({ message = '', text }: ResultElement): boolean =>
  text.trim() === '' && /^(?:execution failed; \d+ executions in all)?$/.test(message)

/** Messages that only repeat that it failed (gotestsum). */
const EMPTY_MESSAGE = /^(?:(?:test )?fail(?:ed|ure)?|error)?$/i

function caseError({ message = '', type, text }: ResultElement, title: string | undefined): CaseError {
  const body = text.trim()
  const said = EMPTY_MESSAGE.test(message.trim()) ? undefined : message.trim()
  const line = said ?? (tellingLine(body, title) || message.trim() || type || 'failed')
  return {
    message: cut(detach(line), MAX_ERROR_TEXT),
    ...(body !== '' && body !== line && { stack: cut(detach(body), MAX_ERROR_TEXT) }),
  }
}

/** The first line that says more than which test it was; frames as `=== RUN` are Go's. */
function tellingLine(body: string, title = ''): string {
  const telling = body
    .slice(0, 4096)
    .split(/\r?\n/)
    .find(
      (line) =>
        line.trim() !== '' && !/^\s*(?:===|---) /.test(line) && (title === '' || !line.includes(title)),
    )
  return telling?.trim() ?? firstLine(body)
}

/** The first error speaks; what else went wrong (teardown after the test, a second check) follows in the stack. */
function merged(errors: readonly CaseError[]): CaseError {
  const [first, ...others] = errors
  if (!first) return { message: 'failed' }
  if (others.length === 0) return first
  const rest = others.map(({ message, stack }) =>
    stack?.includes(message) ? stack : [message, stack].join('\n'),
  )
  return {
    message: first.message,
    stack: cut([first.stack ?? first.message, ...rest].join('\n\n'), MAX_ERROR_TEXT),
  }
}
