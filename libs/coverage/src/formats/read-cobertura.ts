import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { lineCoverage, mergeLines, type LineBranch, type LineFunction } from '../line-coverage.ts'
import type { FileCoverage } from '../structure.ts'
import type { FormatContent, FormatWarning } from './read-format.ts'

const MAX_DEPTH = 64

/** A Cobertura report. Of one that is cut off the classes before the cut are kept; one with a DOCTYPE's entities is refused. */
export function readCobertura(text: string): FormatContent {
  const reader = new CoberturaReader()
  const parser = new SaxesParser()
  let problem: FormatWarning | undefined
  parser.on('doctype', (doctype) => {
    // Cobertura's own names its DTD and nothing else.
    if (doctype.includes('[')) throw new XmlProblem('it declares entities, which are not read')
  })
  parser.on('opentag', (tag) => reader.open(tag))
  parser.on('closetag', () => reader.close())
  parser.on('text', (words) => reader.text(words))
  parser.on('error', (error) => {
    throw new XmlProblem(error.message.replace(/^\d+:\d+: /, ''))
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    problem = { line: parser.line, message: error.message }
  }
  return { files: reader.files, warnings: problem ? [problem] : [] }
}

class XmlProblem extends Error {}

class CoberturaReader {
  readonly #sources: string[] = []
  readonly #files = new Map<string, FileCoverage>()
  readonly #open: string[] = []
  #class:
    | { path: string; lines: Map<number, number>; branches: LineBranch[]; functions: LineFunction[] }
    | undefined
  #method: string | undefined
  #text = ''

  get files(): readonly (readonly [string, FileCoverage])[] {
    const [source = ''] = this.#sources
    const base = source === '' || source === '.' ? '' : `${source.replace(/\/$/, '')}/`
    return [...this.#files].map(([path, file]) => [
      /^(\/|[A-Za-z]:)/.test(path) ? path : `${base}${path}`,
      file,
    ])
  }

  open({ name, attributes }: SaxesTagPlain): void {
    if (this.#open.push(name) > MAX_DEPTH)
      throw new XmlProblem(`its elements are nested over ${MAX_DEPTH} deep`)
    this.#text = ''
    if (name === 'class') {
      const path = attributes['filename'] ?? ''
      this.#class = { path, lines: new Map(), branches: [], functions: [] }
    } else if (name === 'method') this.#method = attributes['name'] ?? ''
    else if (name === 'line' && this.#class) this.#line(attributes)
  }

  close(): void {
    const name = this.#open.pop()
    if (name === 'source') this.#sources.push(this.#text.trim())
    if (name === 'method') this.#method = undefined
    if (name !== 'class' || !this.#class) return
    const { path, ...facts } = this.#class
    const known = this.#files.get(path)
    const fresh = lineCoverage(facts)
    // Several classes may be in one file.
    if (path !== '') this.#files.set(path, known ? mergeLines([known, fresh]) : fresh)
    this.#class = undefined
  }

  text(words: string): void {
    if (this.#open.at(-1) === 'source') this.#text += words
  }

  #line(attributes: Readonly<Record<string, string>>): void {
    const line = Number(attributes['number'])
    const hits = Math.max(0, Number(attributes['hits']) || 0)
    if (!this.#class || !Number.isInteger(line) || line <= 0) return
    if (this.#method !== undefined) {
      // The first line of a method is the method; all of them come again as lines of the class.
      const { functions } = this.#class
      if (functions.at(-1)?.name !== this.#method) functions.push({ name: this.#method, line, count: hits })
      return
    }
    this.#class.lines.set(line, hits)
    const [, covered, total] = /\((\d+)\/(\d+)\)/.exec(attributes['condition-coverage'] ?? '') ?? []
    if (attributes['branch'] !== 'true' || total === undefined) return
    // How many ways were taken is said, not which; and no line has a thousand of them.
    const ways = Array.from({ length: Math.min(1000, Number(total)) }, (_, way) =>
      way < Number(covered) ? 1 : 0,
    )
    this.#class.branches.push({ line, ways })
  }
}
