import type { FormatReader } from '../format-reader.ts'
import { countField, objectField, textField } from '../json/fields.ts'
import { type JsonDialect, readJsonDocument } from '../json/read-json-document.ts'
import { pytestCase, pytestCollectionError } from './pytest-case.ts'

const DIALECT: JsonDialect = {
  title: 'report of pytest-json-report',
  parents: [],
  arrays: ['collectors', 'tests'],
  required: 'tests',
  skipped: ['warnings'],
}

/** pytest-json-report 1 (https://pypi.org/project/pytest-json-report/). */
export const readPytestJson: FormatReader = async (context) => {
  const { cases, base } = context
  let uncollected = 0
  const { complete, around } = await readJsonDocument(context, DIALECT, (value, array, complain) => {
    if (array === 'collectors') {
      if (textField(value, 'outcome') !== 'failed') return true
      uncollected++
      cases.push(pytestCollectionError(value, base))
      return true
    }
    const testCase = pytestCase(value, base)
    if (testCase) cases.push(testCase)
    else complain('has no outcome that is known; left out')
    return testCase !== undefined
  })
  // The total is that of the tests: a file that could not be collected is no test.
  const total = countField(objectField(around, 'summary'), 'total')
  return { complete, ...(total !== undefined && { declared: { tests: total + uncollected } }) }
}
