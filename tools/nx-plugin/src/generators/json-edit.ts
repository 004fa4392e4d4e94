import { applyEdits, findNodeAtLocation, modify, parseTree, type Edit, type JSONPath } from 'jsonc-parser'

/** Sets one value of a JSON text, comments and the layout of the rest untouched. @param value undefined removes it */
export function setInJson(text: string, path: JSONPath, value: unknown): string {
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  '
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const [addition] = modify(text, path, value, {})
  if (addition && isLineOfItsOwn(text, addition)) {
    const pad = eol + indent.repeat(depthOf(text, path))
    return applyEdits(text, [{ ...addition, content: `,${pad}${laidOut(addition.content, indent, pad)}` }])
  }
  const tabs = indent.startsWith('\t')
  const formattingOptions = { insertSpaces: !tabs, tabSize: tabs ? 1 : indent.length, eol }
  return applyEdits(text, modify(text, path, value, { formattingOptions }))
}

/**
 * Whether something is added behind what is on lines of its own. The parser would lay out what stands before it, too,
 * which has a layout already.
 */
const isLineOfItsOwn = (text: string, { offset, length, content }: Edit): boolean =>
  length === 0 && content.startsWith(',') && /^\s*\n\s*[\]}]/.test(text.slice(offset))

/** How many of the values that hold the new one are there. */
function depthOf(text: string, path: JSONPath): number {
  const root = parseTree(text)
  const held = path.filter((_, index) => root && findNodeAtLocation(root, path.slice(0, index)) !== undefined)
  return held.length
}

/** @param content `,"key":value` or `,value` */
function laidOut(content: string, indent: string, pad: string): string {
  const item = content.slice(1)
  const [, key] = /^("(?:[^"\\]|\\.)*")\s*:/.exec(item) ?? []
  const value: unknown =
    key === undefined ? JSON.parse(item) : Object.values(JSON.parse(`{${item}}`) as object)[0]
  const text = JSON.stringify(value, null, indent).replaceAll('\n', pad)
  return key === undefined ? text : `${key}: ${text}`
}
