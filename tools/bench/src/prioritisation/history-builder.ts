import { err, ok, type Result } from '@muster/model'
import { rowReader, type ReadRow, type Row } from './row-reader.ts'
import type { Cycle, Execution } from './test-history.ts'

export interface History {
  /** Oldest first. */
  readonly cycles: readonly Cycle[]
  readonly rows: number
  /** For people, with line numbers. */
  readonly warnings: readonly string[]
}

const WARNINGS_SHOWN = 20

/** Makes a history of the lines of a file. */
export class HistoryBuilder {
  readonly #cycles = new Map<string, Execution[]>()
  readonly #names = new Map<string, string>()
  readonly #warnings: string[] = []
  #readRow: ReadRow | undefined
  #line = 0
  #rows = 0
  #unshown = 0

  /** Takes the next line; the first one that isn't empty is the header. Refuses a header that it can do nothing with. */
  take(line: string): Result<void, string> {
    this.#line += 1
    if (line.trim() === '') return ok(undefined)
    if (this.#readRow === undefined) {
      const reader = rowReader(line.replace(/^\uFEFF/, ''))
      if (!reader.ok) return reader
      this.#readRow = reader.value
      return ok(undefined)
    }
    const row = this.#readRow(line)
    if (!row.ok) this.#warn(`line ${this.#line} is left out: ${row.error}`)
    else {
      this.#add(row.value)
      if (row.value.warning !== undefined) this.#warn(`line ${this.#line}: ${row.value.warning}`)
    }
    return ok(undefined)
  }

  /** @param torn why the file ended before its end, if it did */
  build(torn: string | undefined): Result<History, string> {
    if (this.#readRow === undefined)
      return err(torn === undefined ? 'the file is empty' : `the file can't be read: ${torn}`)
    const cycles = [...this.#cycles].map(([id, executions]) => ({ id, executions }))
    // Numbers say the order; other ids come in that of the file.
    if (cycles.every(({ id }) => Number.isFinite(Number(id))))
      cycles.sort((a, b) => Number(a.id) - Number(b.id))
    const warnings = [
      ...this.#warnings,
      ...(this.#unshown > 0 ? [`and ${this.#unshown} more warnings`] : []),
      ...(torn === undefined
        ? []
        : [`the file breaks off behind line ${this.#line} (${torn}); what came before is kept`]),
    ]
    return ok({ cycles, rows: this.#rows, warnings })
  }

  #add({ cycle, test, failed, duration }: Row): void {
    this.#rows += 1
    // Each name once: large files have few names and many rows.
    let name = this.#names.get(test)
    if (name === undefined) {
      name = detached(test)
      this.#names.set(name, name)
    }
    const execution = { test: name, failed, duration }
    const known = this.#cycles.get(cycle)
    if (known === undefined) this.#cycles.set(detached(cycle), [execution])
    else known.push(execution)
  }

  #warn(message: string): void {
    if (this.#warnings.length < WARNINGS_SHOWN) this.#warnings.push(message)
    else this.#unshown += 1
  }
}

/** A copy that doesn't keep the chunk of the file alive that it was cut from. */
const detached = (text: string): string => Buffer.from(text).toString()
