import type { FormatReader, ReaderContext, ReaderEnd } from '../format-reader.ts'
import { MAX_DEPTH, MAX_XML_ERRORS } from '../limits.ts'
import { countNewlines } from '../text.ts'
import type { Place } from '../warning-list.ts'
import { JUnitElements } from './junit-elements.ts'
import { LenientParser } from './lenient-parser.ts'
import { type GuardFault, XmlGuard } from './xml-guard.ts'

const GUARD_FAULTS: Readonly<Record<GuardFault, string>> = {
  doctype: 'has a DOCTYPE, which is refused because it can define entities; reading stopped',
  'tag-too-long': 'has a tag of more than a megabyte; reading stopped',
}

// The control characters are what is looked for.
// oxlint-disable-next-line no-control-regex
const ILLEGAL = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** JUnit XML in any dialect, hostile and truncated files included. */
export const readJUnit: FormatReader = async (context) => {
  const reading = new JUnitReading(context)
  for await (const chunk of context.chunks) {
    reading.chunk(chunk)
    if (reading.stopped) break
  }
  return reading.end()
}

class JUnitReading {
  stopped = false
  readonly #context: ReaderContext
  readonly #parser = new LenientParser()
  readonly #guard = new XmlGuard((piece) => this.#parser.write(piece))
  readonly #elements: JUnitElements
  #root: string | undefined
  #errors = 0

  constructor(context: ReaderContext) {
    this.#context = context
    this.#elements = new JUnitElements(context.cases, context.warnings, context.base, () => this.#place())
    const elements = this.#elements
    this.#parser.onFault = ({ message, harmless }) => this.#fault(message, harmless)
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', () => {
      if (!this.stopped) elements.close()
    })
    const text = (piece: string): void => {
      if (!this.stopped) elements.text(piece)
    }
    this.#parser.on('text', text)
    this.#parser.on('cdata', text)
  }

  chunk(chunk: string, last = false): void {
    const fault = this.#guard.feed(this.#legal(chunk), last)
    if (fault) this.#stop(GUARD_FAULTS[fault])
  }

  end(): ReaderEnd {
    if (!this.stopped) this.chunk('', true)
    const { cases, warnings } = this.#context
    const { openName, depth, declared } = this.#elements
    if (!this.stopped && this.#root === undefined) warnings.add('holds no XML element')
    else if (!this.stopped && depth > 0) {
      warnings.add(
        `ends inside <${openName}>; the ${cases.length} finished test cases are kept`,
        this.#place(),
      )
    }
    const complete = !this.stopped && this.#root !== undefined && depth === 0 && this.#errors === 0
    return { complete, ...(declared && { declared }) }
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (this.stopped) return
    if (this.#root === undefined) {
      this.#root = name
      if (name !== 'testsuites' && name !== 'testsuite') {
        return this.#stop(
          `is no JUnit XML: expected <testsuites> or <testsuite>, found <${name.slice(0, 60)}>`,
        )
      }
    }
    if (this.#elements.depth >= MAX_DEPTH) {
      return this.#stop(`nests elements more than ${MAX_DEPTH} deep; reading stopped`)
    }
    this.#elements.open(name, attributes)
  }

  #fault(message: string, harmless: boolean): void {
    if (this.stopped) return
    this.#context.warnings.add(`is not well-formed XML: ${message.slice(0, 200)}`, this.#place())
    if (harmless) return
    this.#errors++
    if (this.#errors > MAX_XML_ERRORS) this.#stop('has too many errors; reading stopped')
  }

  #stop(message: string): void {
    this.stopped = true
    this.#context.warnings.add(message, this.#place())
  }

  #place(): Place {
    return { line: this.#parser.line + this.#guard.droppedLines, column: this.#parser.column + 1 }
  }

  /** Raw control characters (terminal colours) would be an error each. */
  #legal(chunk: string): string {
    const at = chunk.search(ILLEGAL)
    if (at === -1) return chunk
    const line = this.#place().line ?? 1
    this.#context.warnings.add('holds characters that XML does not allow; replaced', {
      line: line + countNewlines(chunk, 0, at),
    })
    return chunk.replaceAll(ILLEGAL, '\uFFFD')
  }
}
