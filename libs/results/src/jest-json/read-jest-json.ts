import type { FormatReader } from '../format-reader.ts'
import { countField, listField, textField, type JsonObject } from '../json/fields.ts'
import { isObject } from '../json/json-value.ts'
import { type JsonDialect, readJsonDocument } from '../json/read-json-document.ts'
import { workspacePath } from '../workspace-path.ts'
import { jestCase, jestFileError } from './jest-case.ts'

const DIALECT: JsonDialect = {
  title: 'Jest or Vitest JSON',
  parents: [],
  arrays: ['testResults'],
  required: 'testResults',
}

/** `jest --json` and `vitest --reporter=json`, test file by test file. */
export const readJestJson: FormatReader = async (context) => {
  const { cases, base } = context
  let brokenFiles = 0
  const { complete, around } = await readJsonDocument(context, DIALECT, (result, _, complain) => {
    const name = textField(result, 'name') ?? textField(result, 'testFilePath')
    const file = name === undefined ? undefined : workspacePath(name, base)
    let failures = 0
    let whole = true
    // Jest's own in-memory shape, which some tools write, has another key.
    for (const each of [...listField(result, 'assertionResults'), ...listField(result, 'testResults')]) {
      const testCase = isObject(each) ? jestCase(each, file) : undefined
      if (!testCase) {
        complain('holds a test without a known status; left out')
        whole = false
        continue
      }
      if (testCase.status === 'failed') failures++
      cases.push(testCase)
    }
    if (textField(result, 'status') === 'failed' && failures === 0) {
      brokenFiles++
      cases.push(jestFileError(result, file))
    }
    return whole
  })
  const declared = around && declaredBy(around, brokenFiles)
  return { complete, ...(declared && { declared }) }
}

/** A test file that could not be run is no test for Jest. */
function declaredBy(around: JsonObject, brokenFiles: number): { tests: number; failed: number } | undefined {
  const [tests, failed] = [countField(around, 'numTotalTests'), countField(around, 'numFailedTests')]
  if (tests === undefined || failed === undefined) return undefined
  return { tests: tests + brokenFiles, failed: failed + brokenFiles }
}
