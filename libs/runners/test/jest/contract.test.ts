import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RUNNERS } from '../../src/index.ts'
import type { OwnVerdict } from '../contract/contract.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/jest', import.meta.url))
const JEST = createRequire(import.meta.url).resolve('jest/bin/jest')

/** As people run it, in one process as Muster does, with its own report as JSON. */
async function ownVerdict(dir: string): Promise<OwnVerdict> {
  const temporary = await mkdtemp(join(tmpdir(), 'jest-cli-'))
  const report = join(temporary, 'report.json')
  try {
    const args = [JEST, '--json', `--outputFile=${report}`, '--runInBand']
    const green = await promisify(execFile)(process.execPath, args, { cwd: dir }).then(
      () => true,
      () => false,
    )
    const text = await readFile(report, 'utf8').catch(() => undefined)
    if (text === undefined) return { counts: null, green }
    const told = JSON.parse(text) as Record<`num${'Passed' | 'Failed' | 'Pending' | 'Todo'}Tests`, number>
    const skipped = told.numPendingTests + told.numTodoTests
    return { counts: { passed: told.numPassedTests, failed: told.numFailedTests, skipped }, green }
  } finally {
    await rm(temporary, { recursive: true })
  }
}

const counts = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped })

describeRunnerContract({
  runner: RUNNERS.jest,
  fixtures: FIXTURES,
  spec: { name: 'jest', args: [] },
  context: CONTEXT,
  ownVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: counts(5, 0),
      cases: {
        adds: { status: 'passed', file: 'a.test.js' },
        'outer › inner › is deep': { status: 'passed' },
        'outer › is 1': { status: 'passed' },
        'outer › is known to fail': { status: 'passed' },
      },
    },
    failures: {
      status: 'failed',
      own: counts(1, 8),
      cases: {
        equals: {
          error: /^expect\(received\)\.toBe/,
          expected: 'right',
          actual: 'left',
          at: /a\.test\.js:6:/,
        },
        'is an object': { error: /toEqual/, at: /a\.test\.js:8:/ },
        throws: { error: /^TypeError: broken$/, at: /a\.test\.js:10:/ },
        'throws a text': { error: /only a text/ },
        asserts: { error: /Expected value to be equal/ },
        rejects: { error: /^outer$/, at: /the cause/ },
        'was expected to fail': { error: /supposed to fail/ },
        'in a group › fails twice': { error: /^in a group$/ },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: counts(1, 3),
      counted: { ...counts(1, 4), because: 'jest counts a failed afterAll as a failed file, among no tests' },
      cases: {
        'before all › first': { error: /^no database$/, status: 'failed' },
        'before each › third': { error: /^no user$/ },
        'a.test.js': { hook: true, error: /^no clean-up$/, at: /a\.test\.js:10:/, file: 'a.test.js' },
      },
    },
    skips: {
      status: 'passed',
      own: counts(1, 0, 4),
      cases: {
        'is skipped': { status: 'skipped' },
        'is to be done': { status: 'skipped', skipReason: 'todo' },
        'a group › is skipped, too': { status: 'skipped' },
      },
    },
    retries: {
      status: 'failed',
      own: counts(2, 1),
      cases: {
        'second time': { status: 'passed', attempts: 2, earlier: 1 },
        never: { status: 'failed', attempts: 3, earlier: 2, error: /^never$/ },
        'at once': { status: 'passed' },
      },
    },
    timeout: {
      status: 'failed',
      own: counts(1, 1),
      cases: { hangs: { error: /timeout of 50 ms/, status: 'failed' } },
    },
    crash: {
      status: 'crashed',
      own: null,
      counted: { ...counts(1, 1), because: 'a test that had passed, one that had failed; jest says nothing' },
      message: /jest ended without a result: it exited with code 0/,
      cases: {
        first: { status: 'passed' },
        'failed before': { status: 'failed', error: /^before the end$/ },
      },
    },
    'no-load': {
      status: 'failed',
      own: counts(1, 0),
      counted: { ...counts(1, 1), because: 'jest counts a file that does not load among no tests' },
      cases: { 'a.test.js': { hook: true, error: /Cannot find module '\.\/not-there'/, file: 'a.test.js' } },
    },
    'no-tests': { status: 'no-tests', own: null },
    'several-files': { status: 'failed', own: counts(5, 2) },
  },
})
