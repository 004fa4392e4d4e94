import { ok } from 'node:assert/strict'
import type { Result } from '@muster/model'

/** The value of a result that must be good; a bad one fails the test with its error. */
export function valueOf<T, E>(result: Result<T, E>): T {
  ok(result.ok, result.ok ? '' : JSON.stringify(result.error))
  return result.value
}

export function errorOf<T, E>(result: Result<T, E>): E {
  ok(!result.ok, 'expected a problem')
  return result.error
}
