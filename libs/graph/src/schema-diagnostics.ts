import type { JsonSchemaFile, SchemaIssue } from '@muster/model/schema'
import type { Diagnostic } from './diagnostic.ts'
import { printPath, type JsonDocument, type JsonPath } from './json-document.ts'
import { allowedKeys } from './schema-keys.ts'
import { closest } from './suggest.ts'

/** A text that is checked, and what it is checked against. */
export interface CheckedDocument extends JsonDocument {
  readonly schema: JsonSchemaFile
}

/** The schema's complaints about a document, as errors that point into its text. */
export function schemaDiagnostics(issues: readonly SchemaIssue[], document: CheckedDocument): Diagnostic[] {
  return describe(issues, [], document)
}

function describe(issues: readonly SchemaIssue[], base: JsonPath, document: CheckedDocument): Diagnostic[] {
  const diagnostics = issues.flatMap((issue) => describeIssue(issue, base, document))
  // A misspelt required field is one mistake, not an unknown field and a missing one.
  const meant = new Set(diagnostics.map(({ suggestion }) => suggestion))
  return diagnostics.filter(({ path, message }) => !(message === MISSING && meant.has(lastName(path))))
}

const MISSING = 'this field is missing'
const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

function describeIssue(issue: SchemaIssue, base: JsonPath, document: CheckedDocument): Diagnostic[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))]
  if (issue.code === 'unrecognized_keys') {
    const expected = allowedKeys(document.schema, path)
    // `__proto__` is complained about where the text is read.
    const keys = issue.keys.filter((key) => key !== '__proto__')
    return keys.map((key) => unknownKey([...path, key], key, expected, document))
  }
  const value = document.valueAt(path)
  if (value === undefined && path.length > 0) {
    const expected = issue.code === 'invalid_value' ? { expected: issue.values.map(quote) } : {}
    return [{ ...place(path, document), message: MISSING, ...expected }]
  }
  if (issue.code === 'invalid_union') return describeUnion(issue, path, document)
  if (issue.code === 'invalid_value') return [wrongValue(path, value, issue.values.map(String), document)]
  const where = { ...place(path, document), found: show(value) }
  if (issue.code === 'invalid_type') {
    return [{ ...where, message: 'wrong type', expected: [withArticle(issue.expected)] }]
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues
    const key = { ...where, ...document.locateKey(path), found: JSON.stringify(path.at(-1)) }
    return [{ ...key, ...unusable(inner?.message ?? issue.message) }]
  }
  const range = numberRange(issue)
  return [{ ...where, ...(range === undefined ? unusable(issue.message) : unusable(`expected ${range}`)) }]
}

/** `a number of at most 10`; undefined for what isn't about the size of a number. */
function numberRange(issue: SchemaIssue): string | undefined {
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined
  if (issue.origin !== 'number' && issue.origin !== 'int') return undefined
  if (issue.code === 'too_big') return `a number of at most ${issue.maximum}`
  return issue.inclusive === true
    ? `a number of at least ${issue.minimum}`
    : `a number above ${issue.minimum}`
}

function unusable(message: string): Pick<Diagnostic, 'message' | 'expected'> {
  // Our own messages say "expected …" in full; zod's are sentences of their own.
  const [, expected] = /^expected (.*)$/s.exec(message) ?? []
  return expected === undefined ? { message } : { message: 'not usable', expected: [expected] }
}

type UnionIssue = Extract<SchemaIssue, { code: 'invalid_union' }>

/** A union fails with all of its branches; the one with the least to complain about is the one that was meant. */
function describeUnion(issue: UnionIssue, path: JsonPath, document: CheckedDocument): Diagnostic[] {
  const value = document.valueAt(path)
  if ('options' in issue && Array.isArray(issue.options)) {
    return [wrongValue(path, value, issue.options.map(String), document)]
  }
  const branches = issue.errors.filter((errors) => !errors.some(isMismatch))
  const described = branches.map((errors) => describe(errors, path, document))
  const [best] = described.sort((a, b) => a.length - b.length)
  if (best) return best
  const words = issue.errors
    .flat()
    .flatMap((each) => (each.code === 'invalid_value' ? each.values.map(String) : []))
  if (typeof value === 'string' && words.length > 0) return [wrongValue(path, value, words, document)]
  const expected = issue.errors.flatMap((errors) => errors.flatMap(expectedTypes))
  return [
    { ...place(path, document), message: 'wrong type', expected: [...new Set(expected)], found: show(value) },
  ]
}

/** Whether a branch of a union rejects the value as a whole, not something inside it. */
const isMismatch = (issue: SchemaIssue): boolean =>
  issue.path.length === 0 &&
  (issue.code === 'invalid_type' ||
    issue.code === 'invalid_value' ||
    (issue.code === 'invalid_union' &&
      issue.errors.length > 0 &&
      issue.errors.every((each) => each.some(isMismatch))))

const expectedTypes = (issue: SchemaIssue): string[] => {
  if (issue.code === 'invalid_type') return [withArticle(issue.expected)]
  if (issue.code === 'invalid_value') return issue.values.map(quote)
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(expectedTypes) : []
}

function unknownKey(
  path: JsonPath,
  key: string,
  expected: readonly string[],
  document: JsonDocument,
): Diagnostic {
  const where = { severity: 'error', ...document.locateKey(path), path: printPath(path) } as const
  // Allowed here, but by another branch of a union than the one that its neighbours chose.
  if (expected.includes(key)) {
    return { ...where, message: `the field ${JSON.stringify(key)} can't be combined with its neighbours` }
  }
  const suggestion = closest(key, expected)
  return {
    ...where,
    message: `unknown field ${JSON.stringify(key)}`,
    ...(expected.length > 0 && { expected: expected.map(quote) }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

function wrongValue(
  path: JsonPath,
  value: unknown,
  words: readonly string[],
  document: JsonDocument,
): Diagnostic {
  const suggestion = typeof value === 'string' ? closest(value, words) : undefined
  return {
    ...place(path, document),
    message: 'unknown value',
    expected: words.map(quote),
    found: show(value),
    ...(suggestion !== undefined && { suggestion }),
  }
}

const place = (path: JsonPath, document: JsonDocument) =>
  ({ severity: 'error', ...document.locate(path), path: printPath(path) }) as const

const quote = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))

const withArticle = (type: string): string => {
  if (type === 'int') return 'a whole number'
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

const LONGEST_SHOWN = 60

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  if (text.length <= LONGEST_SHOWN) return text
  if (Array.isArray(value)) return `an array of ${value.length}`
  return typeof value === 'object' ? 'an object' : `${text.slice(0, LONGEST_SHOWN)}…`
}
