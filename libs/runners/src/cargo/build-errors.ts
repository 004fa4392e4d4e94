import type { TestCase } from '@muster/model'
import { targetOf, type Artifact } from './cargo-target.ts'
import { findUpwards, inWorkspace } from './test-file.ts'

/** Longest text that is kept of a compiler's messages, characters. */
const MAX_TEXT = 32 * 1024

export interface CompilerMessage extends Artifact {
  readonly message: {
    readonly level: string
    readonly message: string
    readonly rendered: string | null
    readonly code: { readonly code: string } | null
    readonly spans: readonly {
      readonly file_name: string
      readonly line_start: number
      readonly column_start: number
      readonly is_primary: boolean
    }[]
  }
}

interface Unbuilt {
  /** `src/lib.rs:3:5: `, or nothing. */
  readonly place: string
  readonly file: string | undefined
  readonly message: string
  text: string
}

/** Targets that didn't compile, each a test case that errored: its tests are unknown. */
export class BuildErrors {
  readonly #workspace: string
  readonly #found = new Map<string, Unbuilt>()

  /** @param workspace absolute root of the workspace */
  constructor(workspace: string) {
    this.#workspace = workspace
  }

  add(told: CompilerMessage): void {
    const { level, message, rendered, code, spans } = told.message
    if (level !== 'error') return
    const { id, dir } = targetOf(told)
    const before = this.#found.get(id)
    const text = (rendered ?? message).trimEnd()
    if (before) {
      // A library is compiled twice, for its tests too, and fails alike.
      if (!before.text.includes(text) && before.text.length < MAX_TEXT) before.text += `\n\n${text}`
      return
    }
    const span = spans.find((each) => each.is_primary) ?? spans[0]
    const file = span && inWorkspace(this.#workspace, findUpwards(dir, span.file_name))
    const place = span ? `${file ?? span.file_name}:${span.line_start}:${span.column_start}: ` : ''
    this.#found.set(id, { place, file, message: `error${code ? `[${code.code}]` : ''}: ${message}`, text })
  }

  cases(): readonly TestCase[] {
    return [...this.#found].map(([id, unbuilt]) => caseOf(id, unbuilt))
  }
}

function caseOf(id: string, { place, file, message, text }: Unbuilt): TestCase {
  const error = {
    message: place + message,
    stack: `${place && `    at ${place.slice(0, -2)}\n`}${text.slice(0, MAX_TEXT)}`,
  }
  const path = [id, '(build failed)']
  const rest = { status: 'failed', durationMs: 0, errored: true, error } as const
  return file === undefined ? { path, ...rest } : { path, file, ...rest }
}
