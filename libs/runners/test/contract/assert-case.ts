import assert from 'node:assert/strict'
import { caseName, type TestCase } from '@muster/model'
import type { CaseFacts } from './contract.ts'

/** @param dir workspace-relative folder of the fixture */
export function assertCase(found: TestCase, facts: Partial<CaseFacts>, dir: string): void {
  const { error } = found
  const is = (actual: unknown, expected: unknown, what: string): void => {
    if (expected !== undefined) assert.equal(actual, expected, `${what} of ${caseName(found)}`)
  }
  const has = (actual: string | undefined, expected: RegExp | undefined): void => {
    if (expected !== undefined) assert.match(actual ?? '', expected, caseName(found))
  }
  is(found.status, facts.status, 'status')
  is(found.attempts, facts.attempts, 'attempts')
  is(found.skipReason, facts.skipReason, 'skipReason')
  is(found.hook, facts.hook, 'hook')
  is(found.file, facts.file && `${dir}/${facts.file}`, 'file')
  is(found.earlierErrors?.length, facts.earlier, 'earlier errors')
  is(error?.expected, facts.expected, 'expected')
  is(error?.actual, facts.actual, 'actual')
  has(error?.message, facts.error)
  has(`${error?.stack}\n${error?.message}`, facts.at)
  has(found.stdout, facts.stdout)
  has(found.stderr, facts.stderr)
}
