import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunnerContext } from '../../src/index.ts'
import { CONTEXT } from '../support/fixtures.ts'

const elsewhere = process.env['MUSTER_VITEST_FIXTURES']

/** To run them with another vitest, copy them beside its node_modules and name the copy in MUSTER_VITEST_FIXTURES. */
export const VITEST_FIXTURES =
  elsewhere ?? fileURLToPath(new URL('../fixtures/vitest', import.meta.url)).replace(/\/$/, '')

export const VITEST_CONTEXT: RunnerContext = {
  ...CONTEXT,
  root: elsewhere === undefined ? CONTEXT.root : join(elsewhere, '..'),
}
