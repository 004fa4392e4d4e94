import { MAX_DEPTH, MAX_LINE, MAX_YAML, MAX_YAML_LINE } from '../limits.ts'
import { Lines } from '../lines.ts'

/**
 * Cuts a TAP stream into lines that the parser can be given whole: none longer than MAX_LINE, none
 * indented deeper than MAX_DEPTH subtests (the parser recurses), no YAML block larger than MAX_YAML, no line of
 * one longer than MAX_YAML_LINE.
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
    if (this.#fitsYaml(line, indent)) this.#give(this.#yaml ? shortYaml(line) : line)
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

/** Cut, and still YAML where it was a string in quotes. */
function shortYaml(line: string): string {
  if (line.length <= MAX_YAML_LINE) return line
  const quote = /^[ \t]*[\w-]+:[ \t]+(["'])/.exec(line)?.[1] ?? ''
  // Neither an escape nor a doubled quote is cut in two.
  return `${line.slice(0, MAX_YAML_LINE).replace(/[\\"']+$/, '')}…${quote}`
}
