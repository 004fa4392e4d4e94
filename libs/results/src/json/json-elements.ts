import { MAX_JSON_VALUE } from '../limits.ts'
import { countNewlines } from '../text.ts'

/** The text of one element of the streamed array, and the line it begins on. */
export interface JsonElement {
  /** The key of its array. */
  readonly array: string
  readonly index: number
  readonly line: number
  /** Undefined when it is longer than MAX_JSON_VALUE. */
  readonly text: string | undefined
}

const STRUCTURAL = /["{}[\],:]/g
const STRING_STOP = /["\\]/g

/**
 * Cuts a JSON document into the elements of some arrays inside it and everything around, so that a report
 * of any size is read with bounded memory and a truncated one keeps its finished tests. It only finds
 * boundaries; whether the pieces are JSON, JSON.parse decides.
 */
export class JsonElements {
  line = 1
  readonly #parents: readonly string[]
  readonly #arrays: readonly string[]
  /** How deep the arrays' keys are: they stand in so many objects. */
  readonly #level: number
  readonly #onElement: (element: JsonElement) => void
  /** For each open bracket, the key that was last seen in it. */
  readonly #keys: (string | undefined)[] = []
  #depth = 0
  #overclosed = false
  #around = ''
  #aroundTooLong = false
  /** Text of the string being read when it could be a key on the way to the target. */
  #string: string | undefined
  #lastString = ''
  #inString = false
  #escaped = false
  #inTarget = false
  #array = ''
  #element: { text: string; tooLong: boolean; readonly line: number } | undefined
  #index = 0

  /**
   * @param parents the keys that lead to the object that holds the arrays, `['results']`
   * @param arrays the keys of the arrays in it, `['tests']`
   */
  constructor(
    parents: readonly string[],
    arrays: readonly string[],
    onElement: (element: JsonElement) => void,
  ) {
    this.#parents = parents
    this.#arrays = arrays
    this.#level = parents.length + 1
    this.#onElement = onElement
  }

  /** The document without the elements of the arrays, or undefined when that is longer than MAX_JSON_VALUE. */
  get around(): string | undefined {
    return this.#aroundTooLong ? undefined : this.#around
  }

  /** True when nothing is left open: the document is not cut off, though it may be no JSON. */
  get closed(): boolean {
    return this.#overclosed || (this.#depth === 0 && !this.#inString)
  }

  feed(chunk: string): void {
    let at = 0
    while (at < chunk.length) {
      const inString = this.#inString
      const to = inString ? this.#stringEnd(chunk, at) : this.#next(chunk, at)
      this.#keep(chunk, at, to)
      this.line += countNewlines(chunk, at, to)
      at = to
      if (!inString && at < chunk.length) {
        this.#structural(chunk.charAt(at))
        at++
      }
    }
  }

  #next(chunk: string, from: number): number {
    STRUCTURAL.lastIndex = from
    return STRUCTURAL.exec(chunk)?.index ?? chunk.length
  }

  /** The index after the closing quote, or the chunk's length. */
  #stringEnd(chunk: string, from: number): number {
    let at = from
    if (this.#escaped) {
      this.#escaped = false
      at++
    }
    for (;;) {
      STRING_STOP.lastIndex = at
      const stop = STRING_STOP.exec(chunk)?.index
      if (stop === undefined) return this.#stringPiece(chunk, from, chunk.length)
      if (chunk.charAt(stop) === '"') {
        this.#stringPiece(chunk, from, stop)
        this.#inString = false
        this.#lastString = this.#string ?? ''
        return stop + 1
      }
      if (stop + 1 >= chunk.length) {
        this.#escaped = true
        return this.#stringPiece(chunk, from, chunk.length)
      }
      at = stop + 2
    }
  }

  #stringPiece(chunk: string, from: number, to: number): number {
    if (this.#string !== undefined && this.#string.length < 100) this.#string += chunk.slice(from, to)
    return to
  }

  #structural(char: string): void {
    switch (char) {
      case '"':
        this.#inString = true
        this.#string = this.#depth <= this.#level && !this.#inTarget ? '' : undefined
        this.#append(char)
        break
      case ':':
        if (!this.#inTarget && this.#depth <= this.#level) this.#keys[this.#depth - 1] = this.#lastString
        this.#append(char)
        break
      case '{':
      case '[':
        this.#append(char)
        this.#depth++
        this.#keys[this.#depth - 1] = undefined
        this.#keys.length = Math.min(this.#depth, this.#level)
        if (char === '[' && !this.#inTarget && this.#atTarget()) this.#enter()
        break
      case '}':
      case ']':
        this.#close(char)
        break
      default:
        if (this.#inTarget && this.#depth === this.#level + 1) this.#finish()
        else this.#append(char)
    }
  }

  #enter(): void {
    this.#inTarget = true
    this.#array = this.#keys[this.#level - 1] ?? ''
    this.#index = 0
  }

  #atTarget(): boolean {
    const key = this.#keys[this.#level - 1]
    return (
      this.#depth === this.#level + 1 &&
      key !== undefined &&
      this.#arrays.includes(key) &&
      this.#parents.every((parent, index) => this.#keys[index] === parent)
    )
  }

  #close(char: string): void {
    if (this.#inTarget && this.#depth === this.#level + 1) {
      this.#finish()
      this.#inTarget = false
    }
    this.#append(char)
    if (this.#depth === 0) this.#overclosed = true
    else this.#depth--
  }

  #finish(): void {
    const element = this.#element
    this.#element = undefined
    if (!element) return
    const { line, tooLong, text } = element
    this.#onElement({ array: this.#array, index: this.#index++, line, text: tooLong ? undefined : text })
  }

  #keep(chunk: string, from: number, to: number): void {
    if (from === to) return
    const room = this.#inTarget && !this.#element
    if (!room) return this.#append(chunk.slice(from, to))
    const text = chunk.slice(from, to)
    const start = text.search(/\S/)
    if (start !== -1) this.#append(text.slice(start), countNewlines(text, 0, start))
  }

  #append(text: string, lines = 0): void {
    if (!this.#inTarget) {
      this.#aroundTooLong ||= this.#around.length + text.length > MAX_JSON_VALUE
      if (!this.#aroundTooLong) this.#around += text
      return
    }
    this.#element ??= { text: '', tooLong: false, line: this.line + lines }
    this.#element.tooLong ||= this.#element.text.length + text.length > MAX_JSON_VALUE
    if (!this.#element.tooLong) this.#element.text += text
  }
}
