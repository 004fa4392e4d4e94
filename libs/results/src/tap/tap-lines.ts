import { MAX_DEPTH, MAX_LINE, MAX_YAML } from '../limits.ts'
import { Lines } from '../lines.ts'

/**
 * Cuts a TAP stream into lines that the parser can be given whole: none longer than MAX_LINE, none
 * indented deeper than MAX_DEPTH subtests (the parser recurses), no YAML block larger than MAX_YAML.
 */
export class TapLines {
  readonly #give: (line: string) => void
  readonly #lines = new Lines(MAX_LINE, (line) => this.#line(line))
  #yaml: { readonly indent: string; length: number } | undefined

  /** @param give called with each line, without its line break */
  constructor(give: (line: string) => void) {
    this.#give = give
  }

  /** Number of the last line given, from 1. */
  get line(): number {
    return this.#lines.line
  }

  feed(chunk: string): void {
    this.#lines.feed(chunk)
  }

  end(): void {
    this.#lines.end()
  }

  #line(line: string): void {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    // A parser that sees no tabs and no further depth keeps its own recursion bounded.
    if (indent.length > 4 * MAX_DEPTH && !this.#yaml) return
    if (this.#fitsYaml(line, indent)) this.#give(line)
  }

  /** Follows the block just closely enough to bound it; what it is, the parser decides. */
  #fitsYaml(line: string, indent: string): boolean {
    const block = this.#yaml
    if (!block) {
      if (indent !== '' && line === `${indent}---`) this.#yaml = { indent, length: 0 }
      return true
    }
    if (line === `${block.indent}...` || (line !== '' && !line.startsWith(block.indent))) {
      this.#yaml = undefined
      return true
    }
    block.length += line.length + 1
    return block.length <= MAX_YAML
  }
}
