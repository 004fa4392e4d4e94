import type { CaseError, TestCase } from '@muster/model'
import { MAX_ERROR_TEXT, MAX_OUTPUT } from '../limits.ts'
import { cut, detach, firstLine } from '../text.ts'

/** The elements of a test case that tell a result, and what they mean for it. */
export const RESULT_ELEMENTS: ReadonlyMap<string, ResultKind> = new Map<string, ResultKind>([
  ['failure', 'failed'],
  ['error', 'failed'],
  ['skipped', 'skipped'],
  ['disabled', 'skipped'],
  // Surefire and nextest: earlier executions of a case that passed in the end …
  ['flakyFailure', 'flaky'],
  ['flakyError', 'flaky'],
  // … and later ones of a case that failed in the end.
  ['rerunFailure', 'rerun'],
  ['rerunError', 'rerun'],
])

export type ResultKind = 'failed' | 'skipped' | 'flaky' | 'rerun'

export interface ResultElement {
  readonly kind: ResultKind
  readonly message?: string
  readonly type?: string
  readonly text: string
}

export interface CaseStart {
  readonly path: readonly string[]
  readonly file?: string
  readonly durationMs: number
  /** The `status` or `result` attribute that a few dialects use beside or instead of elements. */
  readonly status?: string
}

const FAILED_STATUS = /^(?:fail|failed|failure|error|errored)$/i
const SKIPPED_STATUS = /^(?:skip|skipped|notrun|disabled|ignored|suppressed|pending)$/i

/** Gathers the results of one `testcase` element: there may be none or several. */
export class CaseBuilder {
  readonly #start: CaseStart
  #errors: CaseError[] = []
  #failed = false
  #skipped = false
  #skipReason: string | undefined
  #reruns = 0
  #stdout = ''
  #stderr = ''

  constructor(start: CaseStart) {
    this.#start = start
  }

  result(element: ResultElement): void {
    switch (element.kind) {
      case 'failed':
        this.#failed = true
        this.#errors.push(caseError(element, this.#start.path.at(-1)))
        break
      case 'rerun':
        this.#failed = true
        this.#reruns++
        // Only the final execution's error is the case's; without one, the first rerun speaks.
        if (this.#errors.length === 0) this.#errors.push(caseError(element, this.#start.path.at(-1)))
        break
      case 'flaky':
        this.#reruns++
        break
      case 'skipped':
        this.#skipped = true
        this.#skipReason ??= detach(element.message ?? '') || detach(firstLine(element.text)) || undefined
        break
    }
  }

  output(stream: 'stdout' | 'stderr', text: string): void {
    if (stream === 'stdout') this.#stdout += text
    else this.#stderr += text
  }

  /** A failure outweighs a skip, which outweighs a pass. */
  finish(): TestCase {
    const { path, file, durationMs, status: stated = '' } = this.#start
    const failed = this.#failed || (!this.#skipped && FAILED_STATUS.test(stated))
    const skipped = !failed && (this.#skipped || SKIPPED_STATUS.test(stated))
    const [stdout, stderr] = failed ? [this.#stdout.trim(), this.#stderr.trim()] : ['', '']
    const reason = this.#skipReason
    return {
      path,
      ...(file !== undefined && { file }),
      status: failed ? 'failed' : skipped ? 'skipped' : 'passed',
      durationMs,
      ...(this.#reruns > 0 && { attempts: this.#reruns + 1 }),
      ...(skipped && reason !== undefined && { skipReason: reason }),
      ...(failed && { error: merged(this.#errors) }),
      ...(stdout !== '' && { stdout: cut(detach(stdout), MAX_OUTPUT) }),
      ...(stderr !== '' && { stderr: cut(detach(stderr), MAX_OUTPUT) }),
    }
  }
}

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
