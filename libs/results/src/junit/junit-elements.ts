import { boundedMemo } from '../bounded-memo.ts'
import type { CaseSink } from '../case-sink.ts'
import type { Declared } from '../declared.ts'
import { MAX_ERROR_TEXT, MAX_OUTPUT } from '../limits.ts'
import { detach } from '../text.ts'
import type { Place, WarningList } from '../warning-list.ts'
import type { ReaderOptions } from '../format-reader.ts'
import { workspacePath } from '../workspace-path.ts'
import type { Attributes, XmlHandler } from '../xml/read-xml.ts'
import { CaseBuilder, RESULT_ELEMENTS, type ResultElement } from './case-builder.ts'
import { casePath, ownCasePath } from './case-path.ts'
import { DeclaredTotals } from './declared-totals.ts'
import { parseSeconds } from './parse-seconds.ts'

/** One open element and what it needs until it closes. */
type Frame =
  | { readonly type: 'suites' }
  | {
      readonly type: 'suite'
      readonly name: string
      readonly file: string | undefined
      own: boolean
      holdsCases: boolean
    }
  | { readonly type: 'case'; readonly builder: CaseBuilder }
  | { readonly type: 'result'; readonly result: Omit<ResultElement, 'text'>; text: string }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; text: string }
  | { readonly type: 'other' }

/** Properties whose name starts so mark a suite that our own writer made. */
export const OWN_PROPERTY = 'muster.'

/** Turns the open, text and close of JUnit's elements into test cases. */
export class JUnitElements implements XmlHandler {
  /** How many `testsuite` elements hold test cases themselves. */
  suites = 0
  readonly #cases: CaseSink
  readonly #warnings: WarningList
  readonly #base: ReaderOptions
  readonly #place: () => Place
  readonly #frames: Frame[] = []
  readonly #totals = new DeclaredTotals()
  readonly #path: (reported: string) => string | undefined
  readonly #group = boundedMemo(detach)

  constructor(cases: CaseSink, warnings: WarningList, base: ReaderOptions, place: () => Place) {
    this.#cases = cases
    this.#warnings = warnings
    this.#base = base
    this.#path = boundedMemo((reported) => {
      const path = workspacePath(reported, base)
      return path === undefined ? undefined : detach(path)
    })
    this.#place = place
  }

  get declared(): Declared | undefined {
    return this.#totals.value()
  }

  open(name: string, attributes: Attributes): void {
    this.#frames.push(this.#frame(name, attributes))
  }

  text(piece: string): void {
    const frame = this.#frames.at(-1)
    if (frame?.type === 'result' && frame.text.length <= MAX_ERROR_TEXT) frame.text += piece
    // Surefire and nextest put the text of a rerun into a child (`stackTrace`); the parent takes it.
    const parent = this.#frames.at(-2)
    if (frame?.type === 'other' && parent?.type === 'result' && parent.text.length <= MAX_ERROR_TEXT) {
      parent.text += piece
    }
    if (frame?.type === 'output' && frame.text.length <= MAX_OUTPUT) frame.text += piece
  }

  close(): void {
    const frame = this.#frames.pop()
    const parent = this.#frames.at(-1)
    if (frame?.type === 'case') this.#cases.push(frame.builder.finish())
    if (parent?.type !== 'case') return
    if (frame?.type === 'result') parent.builder.result({ ...frame.result, text: frame.text })
    if (frame?.type === 'output') parent.builder.output(frame.stream, frame.text)
  }

  #frame(name: string, attributes: Attributes): Frame {
    const parent = this.#frames.at(-1)
    if (parent?.type === 'case') return caseChild(name, attributes)
    switch (name) {
      case 'testsuites':
        this.#totals.root(attributes)
        return { type: 'suites' }
      case 'testsuite': {
        const nested = this.#frames.some((frame) => frame.type === 'suite')
        if (!nested) this.#totals.suite(attributes)
        const file = attributes['file'] ?? attributes['filepath']
        return { type: 'suite', name: detach(attributes['name'] ?? ''), file, own: false, holdsCases: false }
      }
      case 'testcase':
        return { type: 'case', builder: this.#case(attributes) }
      case 'property':
        if (attributes['name']?.startsWith(OWN_PROPERTY)) this.#markOwn()
        return { type: 'other' }
      default:
        return { type: 'other' }
    }
  }

  #markOwn(): void {
    const suite = this.#frames.at(-2)
    if (suite?.type === 'suite') suite.own = true
  }

  #case(attributes: Attributes): CaseBuilder {
    const suites = this.#frames.filter((frame) => frame.type === 'suite')
    const suite = suites.at(-1)
    if (suite?.holdsCases === false) {
      suite.holdsCases = true
      this.suites++
    }
    const { name, classname } = attributes
    const path = suite?.own
      ? [...(this.#base.keepSuite === true ? [suite.name] : []), ...ownCasePath(suite.name, classname, name)]
      : casePath(
          suites.map((each) => each.name),
          classname,
          name,
        )
    const reported = attributes['file'] ?? suites.findLast((each) => each.file !== undefined)?.file
    const file = reported === undefined ? undefined : this.#path(reported)
    const status = attributes['status'] ?? attributes['result']
    return new CaseBuilder({
      base: this.#base,
      path: path.map((title, index) => (index < path.length - 1 ? this.#group(title) : detach(title))),
      ...(file !== undefined && { file }),
      durationMs: this.#duration(attributes['time']),
      ...(status !== undefined && { status }),
    })
  }

  #duration(time: string | undefined): number {
    if (time === undefined || time.trim() === '') return 0
    const milliseconds = parseSeconds(time)
    if (milliseconds === undefined) {
      this.#warnings.add('a time attribute is no number of seconds; taken as 0', this.#place())
    }
    return milliseconds ?? 0
  }
}

function caseChild(name: string, attributes: Attributes): Frame {
  const kind = RESULT_ELEMENTS.get(name)
  if (kind !== undefined) {
    const { message, type } = attributes
    const result = { kind, ...(message !== undefined && { message }), ...(type !== undefined && { type }) }
    return { type: 'result', result, text: '' }
  }
  if (name === 'system-out') return { type: 'output', stream: 'stdout', text: '' }
  if (name === 'system-err') return { type: 'output', stream: 'stderr', text: '' }
  return { type: 'other' }
}
