import { applyEdits, modify, type JSONPath } from 'jsonc-parser'
import { err, ok, QUARANTINE_FILE, type QuarantineEntry, type Result } from '@muster/model'
import { formatDiagnostic } from '../diagnostic.ts'
import { parseJsonDocument } from '../json-document.ts'

/** What an entry is about; together they are its name in the file. */
export type QuarantineKey = Pick<QuarantineEntry, 'suite' | 'case'>

export interface Edited {
  readonly text: string
  /** Whether an entry of that name was there before. */
  readonly known: boolean
}

const EMPTY = {
  $schema: './node_modules/@muster/model/schemas/quarantine.schema.json',
  entries: [],
}

/**
 * The file with this entry, in the place of one of the same name or where the order by suite and case wants it.
 * All the rest stays as it is written, comments too. @param text undefined: there is no file yet
 */
export function putEntry(text: string | undefined, entry: QuarantineEntry): Result<Edited, string> {
  const before = text ?? `${JSON.stringify(EMPTY, null, 2)}\n`
  const read = keysIn(before)
  if (!read.ok) return read
  const at = read.value.findIndex((key) => order(key, entry) === 0)
  if (at >= 0) return ok({ text: edit(before, ['entries', at], entry), known: true })
  const next = read.value.findIndex((key) => order(key, entry) > 0)
  const index = next < 0 ? read.value.length : next
  return ok({ text: edit(before, ['entries', index], entry, true), known: false })
}

/** The file without the entry of this name; as it was when there is none. */
export function dropEntry(text: string, key: QuarantineKey): Result<Edited, string> {
  const read = keysIn(text)
  if (!read.ok) return read
  const at = read.value.findIndex((each) => order(each, key) === 0)
  return ok(at < 0 ? { text, known: false } : { text: edit(text, ['entries', at], undefined), known: true })
}

function keysIn(text: string): Result<readonly QuarantineKey[], string> {
  const { document, diagnostics } = parseJsonDocument(text, QUARANTINE_FILE)
  if (!document) return err(diagnostics.map(formatDiagnostic).join('\n'))
  const entries = document.valueAt(['entries'])
  if (Array.isArray(entries)) return ok(entries as QuarantineKey[])
  return err(`${QUARANTINE_FILE} has no list of "entries"; mend it, or delete it to begin a new one`)
}

function edit(
  text: string,
  path: JSONPath,
  value: QuarantineEntry | undefined,
  isArrayInsertion = false,
): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' }
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }))
}

/** By suite, then by case, the suite as a whole first. What isn't even an entry is put at the end. */
function order(a: QuarantineKey | null, b: QuarantineKey): number {
  if (typeof a?.suite !== 'string') return 1
  return compare(a.suite, b.suite) || compare(a.case ?? '', b.case ?? '')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
