import type { ReaderContext } from '../format-reader.ts'
import { MAX_DEPTH, MAX_XML_ERRORS } from '../limits.ts'
import { countNewlines } from '../text.ts'
import type { Place } from '../warning-list.ts'
import { LenientParser } from './lenient-parser.ts'
import { type GuardFault, XmlGuard } from './xml-guard.ts'

export type Attributes = Readonly<Record<string, string>>

/** What a dialect does with the elements of a document; calls nest as the elements do. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void
  text(piece: string): void
  close(): void
}

export interface XmlDialect {
  /** For messages: `JUnit XML`. */
  readonly title: string
  readonly roots: readonly string[]
}

const GUARD_FAULTS: Readonly<Record<GuardFault, string>> = {
  doctype: 'has a DOCTYPE, which is refused because it can define entities; reading stopped',
  'tag-too-long': 'has a tag of more than a megabyte; reading stopped',
}

// The control characters are what is looked for.
// oxlint-disable-next-line no-control-regex
const ILLEGAL = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * Reads a document, hostile and truncated ones included, and gives its elements to the handler that
 * `makeHandler` makes; `place` tells where reading is. Resolves to whether all of it could be read.
 */
export async function readXml(
  context: ReaderContext,
  dialect: XmlDialect,
  makeHandler: (place: () => Place) => XmlHandler,
): Promise<boolean> {
  const reading = new XmlReading(context, dialect, makeHandler)
  for await (const chunk of context.chunks) {
    reading.chunk(chunk)
    if (reading.stopped) break
  }
  return reading.end()
}

class XmlReading {
  stopped = false
  readonly #context: ReaderContext
  readonly #dialect: XmlDialect
  readonly #handler: XmlHandler
  readonly #parser = new LenientParser()
  readonly #guard = new XmlGuard((piece) => this.#parser.write(piece))
  /** Names of the open elements, outermost first. */
  readonly #names: string[] = []
  #sawRoot = false
  #errors = 0

  constructor(context: ReaderContext, dialect: XmlDialect, makeHandler: (place: () => Place) => XmlHandler) {
    this.#context = context
    this.#dialect = dialect
    this.#handler = makeHandler(() => this.#place())
    this.#parser.onFault = ({ message, harmless }) => this.#fault(message, harmless)
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', () => {
      if (this.stopped) return
      this.#names.pop()
      this.#handler.close()
    })
    const text = (piece: string): void => {
      if (!this.stopped) this.#handler.text(piece)
    }
    this.#parser.on('text', text)
    this.#parser.on('cdata', text)
  }

  chunk(chunk: string, last = false): void {
    const fault = this.#guard.feed(this.#legal(chunk), last)
    if (fault) this.#stop(GUARD_FAULTS[fault])
  }

  end(): boolean {
    if (!this.stopped) this.chunk('', true)
    if (this.stopped) return false
    const { cases, warnings } = this.#context
    const open = this.#names.at(-1)
    if (!this.#sawRoot) warnings.add('holds no XML element')
    else if (open !== undefined) {
      warnings.add(
        `ends inside <${open.slice(0, 60)}>; the ${cases.length} finished test cases are kept`,
        this.#place(),
      )
    }
    return this.#sawRoot && open === undefined && this.#errors === 0
  }

  #open(name: string, attributes: Attributes): void {
    if (this.stopped) return
    if (!this.#sawRoot) {
      this.#sawRoot = true
      const { title, roots } = this.#dialect
      if (!roots.includes(name)) {
        const expected = roots.map((root) => `<${root}>`).join(' or ')
        return this.#stop(`is no ${title}: expected ${expected}, found <${name.slice(0, 60)}>`)
      }
    }
    if (this.#names.length >= MAX_DEPTH) {
      return this.#stop(`nests elements more than ${MAX_DEPTH} deep; reading stopped`)
    }
    this.#names.push(name)
    this.#handler.open(name, attributes)
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
