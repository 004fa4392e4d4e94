import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser'
import { err, ok, type Result } from '@muster/model'
import type { BaselineProblem } from './baseline-problem.ts'

export type JsonPath = readonly (string | number)[]

export interface LocatedJson {
  readonly value: unknown
  /** A problem at a value; of what isn't there, at its nearest parent. */
  problem(kind: BaselineProblem['kind'], path: JsonPath, message: string): BaselineProblem
}

/** Characters; a file of 1,000 benchmarks with 100 samples each is about 1.5 million. */
const LONGEST = 50_000_000
/** Levels; the parser recurses, and the format has six. */
const DEEPEST = 50

/** Strict JSON whose values know where they stand. Never throws. */
export function locatedJson(text: string): Result<LocatedJson, BaselineProblem> {
  const at = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }
  const broken = (offset: number, message: string): Result<never, BaselineProblem> =>
    err({ kind: 'syntax', path: '$', ...at(offset), message })

  if (text.trim() === '') return broken(0, 'the file is empty; delete it or restore it from git')
  if (text.length > LONGEST) return broken(0, `the file is longer than ${LONGEST} characters`)
  const deep = offsetTooDeep(text)
  if (deep !== undefined) return broken(deep, `values are nested deeper than ${DEEPEST} levels`)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const [first] = errors
  if (first || !root) {
    const code = first ? printParseErrorCode(first.error) : 'ValueExpected'
    return broken(first?.offset ?? 0, `this is broken JSON (${code}); restore the file from git`)
  }

  const problem: LocatedJson['problem'] = (kind, path, message) => {
    let node: Node | undefined
    for (let length = path.length; length >= 0 && !node; length--)
      node = findNodeAtLocation(root, path.slice(0, length))
    return { kind, path: printPath(path), ...at((node ?? root).offset), message }
  }
  const twice = repeatedKey(root, [])
  if (twice)
    return err({ ...problem('schema', twice, 'this name is given twice; keep one'), path: printPath(twice) })
  return ok({ value: getNodeValue(root), problem })
}

/** Brackets inside strings count too, which at this depth harms nobody. */
function offsetTooDeep(text: string): number | undefined {
  let depth = 0
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth > DEEPEST) return offset
  }
  return undefined
}

/** After a merge by hand both sides' entries may be there; the parser would silently take the last one. */
function repeatedKey(node: Node, path: JsonPath): JsonPath | undefined {
  const seen = new Set<unknown>()
  for (const child of node.type === 'object' ? (node.children ?? []) : []) {
    const [key, value] = child.children ?? []
    if (!key || !value) continue
    const here = [...path, String(key.value)]
    if (seen.has(key.value)) return here
    seen.add(key.value)
    const inside = repeatedKey(value, here)
    if (inside) return inside
  }
  return undefined
}

/** `$.benchmarks["a b"].duration`. */
export function printPath(path: JsonPath): string {
  let text = '$'
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else text += /^[A-Za-z_$][\w$]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`
  }
  return text
}
