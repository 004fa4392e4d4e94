import { MAX_OUTPUT } from './limits.ts'
import { detach } from './text.ts'

/** Text that gathers up to MAX_OUTPUT: its beginning and, as what a failing test says last tells most, its end. */
export class BoundedText {
  #head = ''
  #tail = ''
  #dropped = false

  get text(): string {
    return this.#dropped ? `${this.#head}\n… (cut)\n${this.#tail}` : this.#head + this.#tail
  }

  add(piece: string): void {
    if (this.#tail === '' && this.#head.length + piece.length <= MAX_OUTPUT / 2) {
      this.#head += piece
      return
    }
    this.#tail += piece
    if (this.#tail.length <= MAX_OUTPUT) return
    this.#dropped = true
    this.#tail = detach(this.#tail.slice(-MAX_OUTPUT / 2))
  }
}
