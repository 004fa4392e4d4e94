import type { Declared } from '../declared.ts'
import type { FormatReader } from '../format-reader.ts'
import { countField, objectField, type JsonObject } from '../json/fields.ts'
import { describeJson } from '../json/json-value.ts'
import { type JsonDialect, readJsonDocument } from '../json/read-json-document.ts'
import { ctrfTestCase } from './ctrf-test.ts'

const DIALECT: JsonDialect = { title: 'CTRF', parents: ['results'], arrays: ['tests'], required: 'tests' }

/** CTRF. Only a document without `results.tests` is none; the rest is complained of. */
export const readCtrf: FormatReader = async (context) => {
  const { cases, warnings, base } = context
  const { complete, around } = await readJsonDocument(context, DIALECT, (test, _, complain) => {
    const testCase = ctrfTestCase(test, base, complain)
    if (testCase) cases.push(testCase)
    return testCase !== undefined
  })
  if (!around) return { complete }
  const format = around['reportFormat']
  if (format !== undefined && format !== 'CTRF') {
    warnings.add(`reportFormat: expected "CTRF", found ${describeJson(format)}`)
  }
  const results = objectField(around, 'results')
  const summary = objectField(results, 'summary')
  if (!summary) {
    warnings.add(`results.summary: expected an object, found ${describeJson(results?.['summary'])}`)
    return { complete }
  }
  const declared = declaredBy(summary)
  return { complete, ...(declared && { declared }) }
}

/** Our `skipped` holds CTRF's pending and other as well. */
function declaredBy(summary: JsonObject): Declared | undefined {
  const count = (key: string): number | undefined => countField(summary, key)
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
