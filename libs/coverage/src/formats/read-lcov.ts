import { lineCoverage, type LineFunction } from '../line-coverage.ts'
import type { FileCoverage } from '../structure.ts'
import type { FormatContent, FormatWarning } from './read-format.ts'

/** More warnings say nothing new. */
const MAX_WARNINGS = 20

/** A tracefile of lcov, versions 1 and 2. */
export function readLcov(text: string): FormatContent {
  const files: [string, FileCoverage][] = []
  const warnings: FormatWarning[] = []
  let record: LcovRecord | undefined
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith('TN:')) continue
    if (line.startsWith('SF:')) {
      if (record) files.push(record.end())
      record = new LcovRecord(line.slice(3))
    } else if (line === 'end_of_record') {
      if (record) files.push(record.end())
      record = undefined
    } else if (!record?.accept(line) && warnings.length < MAX_WARNINGS) {
      warnings.push({ line: index + 1, message: `"${line.slice(0, 80)}" is no record of lcov` })
    }
  }
  if (record) {
    files.push(record.end())
    warnings.push({ message: 'it is cut off: the last record has no end' })
  }
  return { files, warnings }
}

/** What is said of one file. */
class LcovRecord {
  readonly #path: string
  readonly #lines = new Map<number, number>()
  readonly #functions = new Map<string, { line: number; count: number }>()
  /** Of lcov 2: line by the function's number. */
  readonly #numbered = new Map<string, number>()
  readonly #branches = new Map<number, Map<string, number>>()

  constructor(path: string) {
    this.#path = path
  }

  /** @returns whether the line was understood */
  accept(line: string): boolean {
    const colon = line.indexOf(':')
    const value = line.slice(colon + 1)
    const fields = value.split(',')
    switch (line.slice(0, colon)) {
      case 'DA':
        return this.#line(Number(fields[0]), Number(fields[1]))
      case 'BRDA':
        return this.#branch(fields)
      case 'FN':
        return this.#function(/^(\d+),(?:\d+,)?(.+)$/.exec(value))
      case 'FNDA':
        return this.#called(/^(\d+),(.+)$/.exec(value))
      case 'FNL':
        this.#numbered.set(fields[0]!, Number(fields[1]))
        return Number.isInteger(Number(fields[1]))
      case 'FNA': {
        const at = this.#numbered.get(fields[0]!)
        const name = fields.slice(2).join(',')
        if (at === undefined || name === '') return false
        this.#functions.set(name, { line: at, count: hits(Number(fields[1])) })
        return true
      }
      case 'LF':
      case 'LH':
      case 'BRF':
      case 'BRH':
      case 'FNF':
      case 'FNH':
      case 'VER':
        return true
      default:
        return false
    }
  }

  end(): [string, FileCoverage] {
    const functions = [...this.#functions].map(([name, { line, count }]): LineFunction => ({
      name,
      line,
      count,
    }))
    const branches = [...this.#branches].map(([line, ways]) => ({ line, ways: [...ways.values()] }))
    return [this.#path, lineCoverage({ lines: this.#lines, functions, branches })]
  }

  #line(line: number, count: number): boolean {
    if (!isLine(line) || Number.isNaN(count)) return false
    this.#lines.set(line, (this.#lines.get(line) ?? 0) + hits(count))
    return true
  }

  #branch([line, block, way, taken]: readonly string[]): boolean {
    const at = Number(line)
    if (!isLine(at) || way === undefined || taken === undefined) return false
    const ways = this.#branches.get(at) ?? new Map<string, number>()
    ways.set(`${block},${way}`, taken === '-' ? 0 : hits(Number(taken)))
    this.#branches.set(at, ways)
    return true
  }

  #function(match: RegExpExecArray | null): boolean {
    const [, line, name] = match ?? []
    if (line === undefined || name === undefined) return false
    this.#functions.set(name, { line: Number(line), count: this.#functions.get(name)?.count ?? 0 })
    return true
  }

  #called(match: RegExpExecArray | null): boolean {
    const [, count, name] = match ?? []
    if (count === undefined || name === undefined) return false
    this.#functions.set(name, { line: this.#functions.get(name)?.line ?? 1, count: Number(count) })
    return true
  }
}

const isLine = (value: number): boolean => Number.isInteger(value) && value > 0

/** Some tools write counts below zero where a counter has overflowed. */
const hits = (value: number): number => (value > 0 ? value : 0)
