import type { ReaderContext } from '../format-reader.ts'
import type { JsonObject } from './fields.ts'
import { JsonElements, type JsonElement } from './json-elements.ts'
import { describeJson, isObject, type Json, parseJson } from './json-value.ts'

export interface JsonDialect {
  /** For messages: `a CTRF report`. */
  readonly title: string
  /** The keys that lead to the object that holds the arrays. */
  readonly parents: readonly string[]
  /** Arrays of objects. What they hold is handed on one by one. */
  readonly arrays: readonly string[]
  /** The one that must be there. */
  readonly required: string
  /** Arrays that only repeat others. */
  readonly skipped?: readonly string[]
}

/**
 * @param complain tells what is wrong with the element, with its place
 * @returns false when a test case is lost
 */
export type OnElement = (element: JsonObject, array: string, complain: (problem: string) => void) => boolean

export interface JsonDocument {
  readonly complete: boolean
  /** What surrounds the arrays, which are empty in it; undefined when it could not be read. */
  readonly around?: JsonObject
}

/**
 * Reads a document whose cases are elements of arrays, one by one, so that its size doesn't matter and a
 * truncated one keeps its finished cases.
 */
export async function readJsonDocument(
  context: ReaderContext,
  dialect: JsonDialect,
  onElement: OnElement,
): Promise<JsonDocument> {
  const { chunks, warnings } = context
  const { parents, arrays, skipped = [] } = dialect
  let lost = 0
  const scanner = new JsonElements(parents, [...arrays, ...skipped], (element) => {
    if (!skipped.includes(element.array) && !take(element)) lost++
  })
  const take = ({ array, index, line, text }: JsonElement): boolean => {
    const complain = (problem: string): void =>
      warnings.add(`${[...parents, array].join('.')}[${index}]: ${problem}`, { line })
    const parsed = text === undefined ? { problem: 'is too long; left out' } : parseJson(text)
    if ('problem' in parsed) {
      complain(text === undefined ? parsed.problem : `is not valid JSON: ${parsed.problem}`)
      return false
    }
    if (isObject(parsed.value)) return onElement(parsed.value, array, complain)
    complain(`expected an object, found ${describeJson(parsed.value)}`)
    return false
  }
  for await (const chunk of chunks) scanner.feed(chunk)
  const around = documentAround(scanner, context, dialect)
  return { complete: around !== undefined && lost === 0, ...(around && { around }) }
}

function documentAround(
  { around, closed, line }: JsonElements,
  { cases, warnings }: ReaderContext,
  { title, parents, required }: JsonDialect,
): JsonObject | undefined {
  if (around === undefined) return complain('has too much beside its tests to be read')
  if (around.trim() === '') return complain('is empty')
  if (!closed) return complain(`ends too early; the ${cases.length} finished test cases are kept`, { line })
  const document = parseJson(around)
  if ('problem' in document) return complain(`is not valid JSON: ${document.problem}`)
  const holder = parents.reduce<Json | undefined>(
    (value, key) => (isObject(value) ? value[key] : undefined),
    document.value,
  )
  const array = isObject(holder) ? holder[required] : undefined
  if (Array.isArray(array) && isObject(document.value)) return document.value
  return complain(
    `is no ${title}: ${[...parents, required].join('.')}: expected an array, found ${describeJson(array)}`,
  )

  function complain(message: string, place = {}): undefined {
    warnings.add(message, place)
  }
}
