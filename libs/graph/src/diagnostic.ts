/** A place in a file; line and column count from 1. */
export interface Location {
  readonly source: string
  readonly line: number
  readonly column: number
}

/** What is wrong with a declaration, and where. An error makes the suite unusable; a warning doesn't. */
export interface Diagnostic extends Location {
  readonly severity: 'error' | 'warning'
  /** JSON path, such as `$.dependsOn[1].kind`. */
  readonly path: string
  readonly message: string
  readonly expected?: readonly string[]
  readonly found?: string
  /** The word that was probably meant. */
  readonly suggestion?: string
  /** The other places of a duplicate or a cycle; their suites are as unusable as this one. */
  readonly related?: readonly Location[]
}

/** Longer lists are cut: nobody reads the nineteenth kind. */
const SHOWN = 20

export const formatLocation = (at: Location): string => `${at.source}:${at.line}:${at.column}`

/** `libs/a/suite.json:7:12  $.knd  unknown field "knd", expected one of "name", …; did you mean "kind"?` */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, path, message, expected, found, suggestion } = diagnostic
  const label = severity === 'warning' ? 'warning: ' : ''
  let text = `${formatLocation(diagnostic)}  ${path}  ${label}${message}`
  if (expected && expected.length > 0) text += `, expected ${expectation(expected)}`
  if (found !== undefined) text += `, found ${found}`
  if (suggestion !== undefined) text += `; did you mean ${JSON.stringify(suggestion)}?`
  return text
}

function expectation(expected: readonly string[]): string {
  if (expected.length === 1) return expected[0] ?? ''
  const shown = expected.slice(0, SHOWN)
  const rest = expected.length - shown.length
  return `one of ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

export const hasErrors = (diagnostics: Iterable<Diagnostic>): boolean => {
  for (const { severity } of diagnostics) if (severity === 'error') return true
  return false
}
