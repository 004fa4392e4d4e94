import { MAX_WARNINGS } from './limits.ts'

/** Something in a result file that isn't as it should be. Lines and columns start at 1. */
export interface ReadWarning {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
}

export interface Place {
  readonly line?: number
  readonly column?: number
}

/** Collects warnings of one file: each message once, and not without end. */
export class WarningList {
  readonly #file: string | undefined
  readonly #warnings: ReadWarning[] = []
  readonly #seen = new Map<string, number>()
  #dropped = 0

  constructor(file: string | undefined) {
    this.#file = file
  }

  add(message: string, place: Place = {}): void {
    const times = this.#seen.get(message)
    if (times !== undefined) {
      this.#seen.set(message, times + 1)
    } else if (this.#warnings.length < MAX_WARNINGS) {
      this.#seen.set(message, 1)
      this.#warnings.push({ ...(this.#file !== undefined && { file: this.#file }), ...place, message })
    } else {
      this.#dropped++
    }
  }

  /** In the order of first appearance; repeats are told in the message. */
  list(): readonly ReadWarning[] {
    const warnings = this.#warnings.map((warning) => {
      const times = this.#seen.get(warning.message) ?? 1
      return times > 1 ? { ...warning, message: `${warning.message} (${times} times)` } : warning
    })
    if (this.#dropped > 0) {
      const message = `${this.#dropped} further warnings`
      warnings.push({ ...(this.#file !== undefined && { file: this.#file }), message })
    }
    return warnings
  }
}
