import assert from 'node:assert/strict'
import { createScratchWorkspace, type ScratchWorkspace } from '@muster/testkit'
import { coveredBy } from './coverage-support.ts'
import { readRecord, statuses } from './support.ts'

/** Each tool takes one way through it. */
const SIGN = `export function sign(n) {
  if (n > 0) return 'plus'
  if (n < 0) return 'minus'
  return Object.is(n, -0) ? 'less than nothing' : 'zero'
}
`
const COMMON = `const answers = { 1: 'plus', '-1': 'minus', 0: 'zero' }
exports.sign = (n) => answers[n]
`
const suite = (name: string): string =>
  JSON.stringify({ name, kind: 'unit', runner: name, covers: ['lib'], coverage: true })

const FILES = {
  'package.json': JSON.stringify({ name: 'tools', private: true, workspaces: ['lib'] }),
  'lib/package.json': JSON.stringify({ name: 'lib', version: '1.0.0' }),
  'lib/src/sign.mjs': SIGN,
  'lib/src/common.cjs': COMMON,
  'mocha/suite.json': suite('mocha'),
  'mocha/a.spec.mjs': `import { sign } from '../lib/src/sign.mjs'
it('plus', () => { if (sign(1) !== 'plus') throw new Error() })`,
  'node-test/suite.json': JSON.stringify({
    ...(JSON.parse(suite('node:test')) as object),
    name: 'node-test',
  }),
  'node-test/a.test.mjs': `import { test } from 'node:test'
import { sign } from '../lib/src/sign.mjs'
test('minus', () => { if (sign(-1) !== 'minus') throw new Error() })`,
  'vitest/suite.json': suite('vitest'),
  'vitest/vitest.config.mjs': 'export default {}',
  'vitest/a.test.mjs': `import { expect, test } from 'vitest'
import { sign } from '../lib/src/sign.mjs'
test('zero', () => expect(sign(0)).toBe('zero'))`,
  'jest/suite.json': suite('jest'),
  'jest/jest.config.cjs': "module.exports = { rootDir: '..', roots: ['<rootDir>/jest'] }",
  'jest/a.test.cjs': `const { sign } = require('../lib/src/common.cjs')
test('plus', () => expect(sign(1)).toBe('plus'))`,
} as const

describe('coverage of several tools', () => {
  let workspace: ScratchWorkspace

  before(async () => {
    workspace = await createScratchWorkspace({ files: FILES, env: { NX_ISOLATE_PLUGINS: 'false' } })
  })
  after(() => workspace.dispose())

  it('adds up on one structure, whichever way each of them measures', async () => {
    const { code, stdout, stderr } = await workspace.muster(['run'])
    assert.equal(code, 0, stdout + stderr)
    assert.deepEqual(statuses(await readRecord(workspace)), {
      jest: 'passed',
      mocha: 'passed',
      'node-test': 'passed',
      vitest: 'passed',
    })
    const { totals, files } = await coveredBy(workspace)
    assert.equal(files, 2)
    // Nobody asks for -0; all else is somebody's.
    assert.deepEqual(totals.branches, { covered: 5, total: 6 })
    assert.deepEqual(totals.functions, { covered: 2, total: 2 })
    assert.deepEqual(totals.lines, { covered: totals.lines.total, total: totals.lines.total })
  })
})
