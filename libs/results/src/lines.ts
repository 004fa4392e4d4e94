/** Cuts a stream of text into lines; what is longer than the limit is cut there. */
export class Lines {
  /** Number of the last line given, from 1. */
  line = 0
  readonly #limit: number
  readonly #give: (line: string, cut: boolean) => void
  #rest = ''
  #tooLong = false

  /** @param give called with each line, without its line break */
  constructor(limit: number, give: (line: string, cut: boolean) => void) {
    this.#limit = limit
    this.#give = give
  }

  feed(chunk: string): void {
    let from = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      this.#gather(chunk.slice(from, end))
      this.#end()
      from = end + 1
    }
    this.#gather(chunk.slice(from))
  }

  /** A last line may lack its line break. */
  end(): void {
    if (this.#rest !== '') this.#end()
  }

  #gather(piece: string): void {
    if (this.#tooLong) return
    this.#rest += piece
    this.#tooLong = this.#rest.length > this.#limit
    if (this.#tooLong) this.#rest = this.#rest.slice(0, this.#limit)
  }

  #end(): void {
    const line = this.#rest.replace(/\r$/, '')
    const tooLong = this.#tooLong
    this.#rest = ''
    this.#tooLong = false
    this.line++
    this.#give(line, tooLong)
  }
}
