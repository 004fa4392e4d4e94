import type { Declared } from '../declared.ts'
import type { FormatReader, ReaderContext, ReaderEnd } from '../format-reader.ts'
import { ctrfTestCase } from './ctrf-test.ts'
import { JsonElements, type JsonElement } from './json-elements.ts'
import { describeJson, isObject, type Json, parseJson } from './json-value.ts'

/** CTRF, read test by test; a truncated document keeps its finished tests. */
export const readCtrf: FormatReader = async (context) => {
  const { chunks, cases, warnings } = context
  let lost = 0
  const scanner = new JsonElements(['results', 'tests'], (element) => {
    if (!addTest(element, context)) lost++
  })
  for await (const chunk of chunks) scanner.feed(chunk)

  const { around } = scanner
  if (around === undefined) {
    warnings.add('has too much beside its tests to be read')
    return { complete: false }
  }
  if (around.trim() === '') {
    warnings.add('is empty')
    return { complete: false }
  }
  if (!scanner.closed) {
    warnings.add(`ends too early; the ${cases.length} finished test cases are kept`, { line: scanner.line })
    return { complete: false }
  }
  const document = parseJson(around)
  if ('problem' in document) {
    warnings.add(`is not valid JSON: ${document.problem}`)
    return { complete: false }
  }
  const end = checkDocument(document.value, context)
  return { ...end, complete: end.complete && lost === 0 }
}

function addTest({ index, line, text }: JsonElement, { cases, warnings, base }: ReaderContext): boolean {
  const complain = (problem: string): void => warnings.add(`results.tests[${index}]: ${problem}`, { line })
  if (text === undefined) {
    complain('is too long; left out')
    return false
  }
  const parsed = parseJson(text)
  if ('problem' in parsed) {
    complain(`is not valid JSON: ${parsed.problem}`)
    return false
  }
  const testCase = ctrfTestCase(parsed.value, base, complain)
  if (testCase) cases.push(testCase)
  return testCase !== undefined
}

/** What surrounds the tests. Only a document without `results.tests` is no CTRF; the rest is complained of. */
function checkDocument(document: Json, { warnings }: ReaderContext): ReaderEnd {
  const results = isObject(document) ? document['results'] : undefined
  const tests = isObject(results) ? results['tests'] : undefined
  if (!isObject(document) || !isObject(results) || !Array.isArray(tests)) {
    warnings.add(`is no CTRF: results.tests: expected an array, found ${describeJson(tests)}`)
    return { complete: false }
  }
  const format = document['reportFormat']
  if (format !== undefined && format !== 'CTRF') {
    warnings.add(`reportFormat: expected "CTRF", found ${describeJson(format)}`)
  }
  const { summary } = results
  if (isObject(summary)) {
    const declared = declaredBy(summary)
    return { complete: true, ...(declared && { declared }) }
  }
  warnings.add(`results.summary: expected an object, found ${describeJson(summary)}`)
  return { complete: true }
}

/** Our `skipped` holds CTRF's pending and other as well. */
function declaredBy(summary: { readonly [key: string]: Json }): Declared | undefined {
  const count = (key: string): number | undefined => {
    const value = summary[key]
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
  }
  const [tests, passed, failed] = [count('tests'), count('passed'), count('failed')]
  const parts = [count('skipped'), count('pending'), count('other')]
  const skipped = parts.every((part) => part === undefined)
    ? undefined
    : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const declared = {
    ...(tests !== undefined && { tests }),
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
    ...(skipped !== undefined && { skipped }),
  }
  return Object.keys(declared).length > 0 ? declared : undefined
}
