import type { FormatReader } from '../format-reader.ts'
import { countField, objectField, type JsonObject } from '../json/fields.ts'
import { describeJson } from '../json/json-value.ts'
import { type JsonDialect, readJsonDocument } from '../json/read-json-document.ts'
import type { Declared } from '../declared.ts'
import { MochaCases } from './mocha-cases.ts'

const DIALECT: JsonDialect = {
  title: 'Mocha JSON',
  parents: [],
  arrays: ['tests', 'pending', 'failures'],
  required: 'tests',
  skipped: ['passes'],
}

/**
 * Mocha's `json` reporter. It tells tests first and then, again, which of them were pending or failed, so
 * cases are kept until the end.
 */
export const readMochaJson: FormatReader = async (context) => {
  const found = new MochaCases(context.base)
  const { complete, around } = await readJsonDocument(context, DIALECT, (value, array) => {
    if (array === 'tests') found.test(value)
    else if (array === 'pending') found.pending(value)
    else found.failure(value)
    return true
  })
  for (const testCase of found.cases()) context.cases.push(testCase)
  const stats = objectField(around, 'stats')
  if (around && !stats) {
    context.warnings.add(
      `is no Mocha JSON: stats: expected an object, found ${describeJson(around['stats'])}`,
    )
    return { complete: false }
  }
  const declared = stats && declaredBy(stats, found.hooks)
  return { complete, ...(declared && { declared }) }
}

/** Failing hooks are among mocha's failures, but not among its tests. */
function declaredBy(stats: JsonObject, hooks: number): Declared | undefined {
  const [tests, passed] = [countField(stats, 'tests'), countField(stats, 'passes')]
  const [skipped, failed] = [countField(stats, 'pending'), countField(stats, 'failures')]
  if (tests === undefined) return undefined
  return {
    tests: tests + hooks,
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
    ...(skipped !== undefined && { skipped }),
  }
}
