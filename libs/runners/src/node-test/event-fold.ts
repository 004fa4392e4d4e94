import type { CaseStatus, TestCase } from '@muster/model'
import type { RunnerCounts, UnitMessage } from '../runner.ts'
import { hookTitle, WantedCases } from '../tool/wanted-cases.ts'
import { workspacePath, workspacePaths } from '../workspace-path.ts'
import { EventFiles } from './event-files.ts'
import { failureError, fileError } from './failure.ts'
import { FileOutput } from './file-output.ts'
import { OwnCounts } from './own-counts.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import type { EventData, TestEvent, TestFailure } from './test-event.ts'

/** Failed only because something inside failed, or around it. */
const FOLLOWS: ReadonlySet<string | undefined> = new Set(['subtestsFailed', 'cancelledByParent'])

/** An exception that came when its test had passed: node fails the file, and doesn't say why. */
const LATE = /^Error: .* generated asynchronous activity after the test ended\./

/**
 * Turns node's events into messages. A case is what node counts as a test: a subtest and the test around it are two, and
 * so is a file that has no tests of its own, or dies. Suites are groups; one that fails by itself, as by a hook, is told
 * as a failed hook, since node makes the run red without counting it.
 */
export class EventFold {
  private readonly titles: string[] = []
  private readonly files = new EventFiles()
  private readonly output = new FileOutput()
  private readonly own = new OwnCounts()
  /** By absolute file. */
  private readonly late = new Map<string, string>()
  private readonly wanted: WantedCases
  private readonly seen = { passed: 0, failed: 0, skipped: 0 }
  private readonly counts = { passed: 0, failed: 0, skipped: 0 }
  private readonly fileMs: Record<string, number> = {}
  private readonly relative: (file: string | undefined) => string | undefined
  private readonly input: ReporterInput
  private readonly emit: (message: UnitMessage) => void

  constructor(input: ReporterInput, emit: (message: UnitMessage) => void) {
    this.input = input
    this.emit = emit
    this.wanted = new WantedCases(input.cases)
    this.relative = workspacePaths(input.root)
  }

  accept({ type, data }: TestEvent): void {
    if (type === 'test:start') this.open(data)
    else if (type === 'test:pass' || type === 'test:fail') this.close(data, type === 'test:fail')
    else if (type === 'test:enqueue') this.files.enqueued(data)
    else if (type === 'test:dequeue') this.files.started(data)
    else if (type === 'test:complete') this.complete(data)
    else if (type === 'test:stdout' || type === 'test:stderr')
      this.output.add(type, this.files.of(data), data)
    else if (type === 'test:diagnostic') this.diagnostic(data)
  }

  /** Node has said all. */
  end(): void {
    const own = this.own.read()
    if (own === undefined) return
    if (!same(own, this.seen)) {
      const message = `node counted ${describe(own)}, but its events tell ${describe(this.seen)}`
      this.emit({ type: 'error', message })
    }
    const missing = this.wanted.missing()
    this.emit({
      type: 'end',
      counts: this.counts,
      ...(this.input.whole !== undefined && { whole: this.input.whole }),
      ...(Object.keys(this.fileMs).length > 0 && { fileMs: this.fileMs }),
      ...(missing !== undefined && { missing }),
    })
  }

  private open({ nesting = 0, name = '' }: EventData): void {
    this.titles.length = nesting
    this.titles[nesting] = name
  }

  private diagnostic(data: EventData): void {
    const { file, message = '' } = data
    if (LATE.test(message)) this.late.set(this.files.of(data) ?? '', message)
    // A diagnostic of a test names its file.
    else if (file === undefined) this.own.accept(message)
  }

  private complete(data: EventData): void {
    const file = this.files.isFile(data)
    if (file === undefined) return
    this.files.ended(file)
    if (data.details?.error === undefined) this.output.forget(file)
    this.fileMs[workspacePath(this.input.root, file)] = data.details?.duration_ms ?? 0
  }

  private close(data: EventData, failed: boolean): void {
    const path = [...this.titles.slice(0, data.nesting ?? 0), data.name ?? '']
    if (data.details?.type === 'suite') return failed ? this.brokenSuite(path, data) : undefined
    const skipped = data.skip !== undefined || data.todo !== undefined
    const status = skipped ? 'skipped' : failed ? 'failed' : 'passed'
    this.seen[status]++
    const file = this.files.isFile(data)
    if (file !== undefined) return this.wholeFile(file, status, data)
    const reason = skipReason(data)
    this.tell(
      {
        path,
        status,
        durationMs: data.details?.duration_ms ?? 0,
        ...(reason !== undefined && { skipReason: reason }),
        ...(status === 'failed' && { error: failureError(data) }),
      },
      data,
    )
  }

  private wholeFile(file: string, status: CaseStatus, data: EventData): void {
    const { error } = data.details ?? {}
    const durationMs = data.details?.duration_ms ?? 0
    if (error?.failureType === 'hookFailed')
      return this.tell(
        { path: [hookOf(error)], status, durationMs, error: failureError(data), hook: true },
        data,
      )
    const name = workspacePath(process.cwd(), file)
    const { stdout, stderr } = this.output.of(file)
    const failed = status === 'failed' && {
      error: fileError(name, error, this.late.get(file) ?? stderr),
      errored: true as const,
      ...(stdout !== '' && { stdout }),
      ...(stderr !== '' && { stderr }),
    }
    this.tell({ path: [name], status, durationMs, ...failed }, data)
  }

  private brokenSuite(path: readonly string[], data: EventData): void {
    const error = data.details?.error
    if (data.todo !== undefined || FOLLOWS.has(error?.failureType)) return
    const isHook = error?.failureType === 'hookFailed'
    this.tell(
      {
        path: isHook ? [...path, hookOf(error)] : path,
        status: 'failed',
        durationMs: data.details?.duration_ms ?? 0,
        error: failureError(data),
        hook: true,
      },
      data,
    )
  }

  private tell(found: TestCase, data: EventData): void {
    const file = this.relative(this.files.of(data))
    const wanted = this.wanted.take(found.path, file)
    if (!wanted && found.status !== 'failed') return
    this.counts[found.status]++
    this.emit({ type: 'case', case: { ...found, ...(file !== undefined && { file }) } })
  }
}

/** Node doesn't name the one hook that fails outside all tests: that after them. */
const hookOf = ({ message }: TestFailure): string =>
  hookTitle(/^failed running (\w+) hook$/.exec(message)?.[1] ?? 'after')

/** A test that is both is skipped, as node counts it. */
function skipReason({ skip, todo }: EventData): string | undefined {
  if (typeof skip === 'string' && skip !== '') return skip
  if (skip !== undefined) return undefined
  if (todo === undefined) return undefined
  return typeof todo === 'string' && todo !== '' ? `todo: ${todo}` : 'todo'
}

const same = (a: RunnerCounts, b: RunnerCounts): boolean =>
  a.passed === b.passed && a.failed === b.failed && a.skipped === b.skipped

const describe = ({ passed, failed, skipped }: RunnerCounts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
