import {
  createScanner,
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser'
import type { Diagnostic, Location } from './diagnostic.ts'

export type JsonPath = readonly (string | number)[]

/** A parsed JSON text (comments and trailing commas allowed) whose values know where they stand. */
export interface JsonDocument {
  readonly value: unknown
  /** Where a value begins; of what isn't there, where its nearest parent begins. */
  locate(path: JsonPath): Location
  /** Where a property's name begins. */
  locateKey(path: JsonPath): Location
  valueAt(path: JsonPath): unknown
}

/** The parser recurses; what is nested deeper than any declaration would overflow its stack. */
const DEEPEST = 100
/** Characters. */
const LONGEST = 1_000_000

const PLAIN_MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is not JSON',
  InvalidNumberFormat: 'this is not a number',
  PropertyNameExpected: 'a property name in double quotes is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing before this',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a closing brace "}" is missing here',
  CloseBracketExpected: 'a closing bracket "]" is missing here',
  EndOfFileExpected: 'the file should end here',
  InvalidCommentToken: 'this comment is broken',
  UnexpectedEndOfComment: 'this comment has no end',
  UnexpectedEndOfString: 'this string has no end',
  UnexpectedEndOfNumber: 'this number has no end',
  InvalidUnicode: 'this unicode escape is broken',
  InvalidEscapeCharacter: 'this escape is not valid in a JSON string',
  InvalidCharacter: 'this character must be escaped in a JSON string',
}

/** Everything that makes the text unreadable or ambiguous is an error in `diagnostics`. Never throws. */
export function parseJsonDocument(
  raw: string,
  source: string,
): { readonly document?: JsonDocument; readonly diagnostics: readonly Diagnostic[] } {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  const locateOffset = offsetLocator(text, source)
  const broken = (offset: number, message: string): { diagnostics: Diagnostic[] } => ({
    diagnostics: [{ severity: 'error', ...locateOffset(offset), path: '$', message }],
  })

  if (text.length > LONGEST) return broken(0, `the file is longer than ${LONGEST} characters`)
  if (text.trim() === '') return broken(0, 'the file is empty')
  const tooDeep = offsetNestedTooDeep(text)
  if (tooDeep !== undefined) return broken(tooDeep, `values are nested deeper than ${DEEPEST} levels`)

  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  // What follows the first error is the parser's guess, and mostly noise.
  const first = errors[0]
  if (first) {
    const name = printParseErrorCode(first.error)
    return broken(first.offset, `broken JSON: ${PLAIN_MESSAGES[name] ?? name}`)
  }
  if (!root) return broken(0, 'broken JSON: a value is missing here')

  const nodeNear = (path: JsonPath): Node => {
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(root, path.slice(0, length))
      if (node) return node
    }
    return root
  }
  const document: JsonDocument = {
    value: getNodeValue(root),
    locate: (path) => locateOffset(nodeNear(path).offset),
    locateKey: (path) => {
      const node = findNodeAtLocation(root, [...path])
      return locateOffset((node?.parent?.type === 'property' ? node.parent : nodeNear(path)).offset)
    },
    valueAt: (path) => {
      const node = findNodeAtLocation(root, [...path])
      return node ? getNodeValue(node) : undefined
    },
  }
  return { document, diagnostics: ambiguousKeys(root, [], locateOffset) }
}

function offsetLocator(text: string, source: string): (offset: number) => Location {
  const starts = [0]
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
    starts.push(index + 1)
  }
  return (offset) => {
    let line = starts.length
    while (line > 1 && (starts[line - 1] ?? 0) > offset) line--
    return { source, line, column: offset - (starts[line - 1] ?? 0) + 1 }
  }
}

function offsetNestedTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true)
  let depth = 0
  while (scanner.getPosition() < text.length) {
    scanner.scan()
    const start = scanner.getTokenOffset()
    const token = text.slice(start, start + scanner.getTokenLength())
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth > DEEPEST) return start
  }
  return undefined
}

/** A field given twice says two things; `__proto__` would vanish into the object's prototype, unseen. */
function ambiguousKeys(node: Node, path: JsonPath, locate: (offset: number) => Location): Diagnostic[] {
  const found: Diagnostic[] = []
  const seen = new Set<string>()
  for (const [index, child] of (node.children ?? []).entries()) {
    if (node.type !== 'object') {
      found.push(...ambiguousKeys(child, [...path, index], locate))
      continue
    }
    const [key, value] = child.children ?? []
    if (!key || !value) continue
    const name = String(key.value)
    const here = [...path, name]
    const twice = seen.has(name)
    if (twice || name === '__proto__') {
      const message = twice ? `the field "${name}" is given twice` : 'unknown field "__proto__"'
      found.push({ severity: 'error', ...locate(key.offset), path: printPath(here), message })
    }
    seen.add(name)
    found.push(...ambiguousKeys(value, here, locate))
  }
  return found
}

/** `$.dependsOn[1].kind`; names that aren't identifiers are quoted: `$["a b"]`. */
export function printPath(path: JsonPath): string {
  let text = '$'
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else text += /^[\w$]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`
  }
  return text
}
