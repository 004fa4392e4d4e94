import { Writable } from 'node:stream'

/** A stream that keeps what is written, and can claim to be a terminal. */
export class TextStream extends Writable {
  text = ''
  readonly isTTY: boolean
  readonly columns: number
  readonly rows = 24

  constructor(terminal: { columns: number } | undefined) {
    super({ decodeStrings: false })
    this.isTTY = terminal !== undefined
    this.columns = terminal?.columns ?? 80
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk
    done()
  }

  get lines(): string[] {
    return this.text.trimEnd().split('\n')
  }
}
