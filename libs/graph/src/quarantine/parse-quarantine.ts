import { DAY_MS, dayMs, dayOf, LONGEST_QUARANTINE_DAYS, type QuarantineEntry } from '@muster/model'
import { quarantineEntrySchema, quarantineJsonSchema } from '@muster/model/schema'
import type { Diagnostic } from '../diagnostic.ts'
import { parseJsonDocument, printPath, type JsonDocument, type JsonPath } from '../json-document.ts'
import { schemaDiagnostics } from '../schema-diagnostics.ts'
import type { Quarantine } from './quarantine.ts'

/**
 * The quarantine file: comments and trailing commas are allowed, unknown fields are not. Never throws; whatever is
 * wrong is a diagnostic that points into the text. One broken entry never takes another's protection away.
 * @param nowMs since the epoch
 */
export function parseQuarantine(text: string, source: string, nowMs: number): Quarantine {
  const { document, diagnostics } = parseJsonDocument(text, source)
  if (!document) return { entries: [], diagnostics }
  const checked = quarantineJsonSchema.safeParse(document.value)
  const found = [...diagnostics]
  if (!checked.success) {
    found.push(...schemaDiagnostics(checked.error.issues, { ...document, schema: 'quarantine.schema.json' }))
  }
  const broken = new Set(found.map(({ path }) => /^\$\.entries\[\d+\]/.exec(path)?.[0]))
  const entries: QuarantineEntry[] = []
  const lines = new Map<string, number>()
  for (const [index, raw] of rawEntries(document).entries()) {
    const path = ['entries', index]
    const entry = quarantineEntrySchema.safeParse(raw)
    if (!entry.success || broken.has(printPath(path))) continue
    const key = JSON.stringify([entry.data.suite, entry.data.case])
    const problem = tooFar(entry.data, path, document, nowMs) ?? twice(lines.get(key), path, document)
    if (problem) found.push(problem)
    else entries.push(entry.data)
    if (!lines.has(key)) lines.set(key, document.locate(path).line)
  }
  return { entries, diagnostics: found.sort((a, b) => a.line - b.line || a.column - b.column) }
}

function rawEntries(document: JsonDocument): readonly unknown[] {
  const value = document.valueAt(['entries'])
  return Array.isArray(value) ? value : []
}

function tooFar(
  { until }: QuarantineEntry,
  entry: JsonPath,
  document: JsonDocument,
  nowMs: number,
): Diagnostic | undefined {
  const last = dayOf(nowMs + LONGEST_QUARANTINE_DAYS * DAY_MS)
  if (dayMs(until) <= dayMs(last)) return undefined
  const path = [...entry, 'until']
  return {
    severity: 'error',
    ...document.locate(path),
    path: printPath(path),
    message: `a quarantine is no grave: it lasts at most ${LONGEST_QUARANTINE_DAYS} days`,
    expected: [`a day up to ${last}`],
    found: JSON.stringify(until),
  }
}

function twice(line: number | undefined, path: JsonPath, document: JsonDocument): Diagnostic | undefined {
  if (line === undefined) return undefined
  return {
    severity: 'error',
    ...document.locate(path),
    path: printPath(path),
    message: `this is in quarantine already, see line ${line}; the first entry is the one that holds`,
  }
}
