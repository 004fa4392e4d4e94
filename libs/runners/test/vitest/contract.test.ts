import { RUNNERS } from '../../src/index.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { ownVerdict } from './own-verdict.ts'
import { VITEST_CONTEXT, VITEST_FIXTURES } from './vitest-fixtures.ts'

describeRunnerContract({
  runner: RUNNERS.vitest,
  fixtures: VITEST_FIXTURES,
  spec: { name: 'vitest', args: [] },
  context: VITEST_CONTEXT,
  ownVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: { passed: 3, failed: 0, skipped: 0 },
      cases: {
        alone: { status: 'passed', file: 'a.spec.ts' },
        'outer › inner › two': { status: 'passed' },
      },
    },
    failures: {
      status: 'failed',
      own: { passed: 1, failed: 4, skipped: 0 },
      cases: {
        'sums › differ': {
          error: /expected 2 to be 3/,
          at: /a\.spec\.ts:12:23/,
          expected: '3',
          actual: '2',
          stdout: /^before the difference\n$/,
        },
        'sums › throw': {
          error: /^no sum$/,
          at: /TypeError: no sum[^]*a\.spec\.ts:16:11/,
          stderr: /before the throw/,
        },
        'sums › is bad twice': { error: /expected 1 to be 2/, at: /expected 3 to be 4/ },
        'sums › throws a text': { error: /only text/ },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: { passed: 2, failed: 2, skipped: 2 },
      counted: { passed: 2, failed: 5, skipped: 2, because: 'vitest counts no hook of a group or file' },
      cases: {
        'before › "beforeAll" hook': { hook: true, error: /^no set-up$/, at: /a\.spec\.ts:5:11/ },
        'before › one': { status: 'skipped' },
        'after › "afterAll" hook': { hook: true, error: /^no tear-down$/ },
        'after › three': { status: 'passed' },
        'beforeEach › four': { status: 'failed', error: /^no start$/ },
        'afterEach › five': { status: 'failed', error: /^no end$/ },
        '"afterAll" hook': { hook: true, file: 'b.spec.ts', error: /of the file$/ },
      },
    },
    skips: {
      status: 'passed',
      own: { passed: 2, failed: 0, skipped: 5 },
      cases: {
        'left out': { status: 'skipped' },
        'to be written': { status: 'skipped', skipReason: 'todo' },
        'at run time': { status: 'skipped', skipReason: 'not here' },
        'is meant to fail': { status: 'passed' },
        'a group › inside': { status: 'skipped' },
      },
    },
    retries: {
      status: 'failed',
      own: { passed: 1, failed: 1, skipped: 0 },
      cases: {
        'passes at the second try': { status: 'passed', attempts: 2, earlier: 1 },
        'never passes': { status: 'failed', attempts: 2, earlier: 1, error: /^as ever$/ },
      },
    },
    timeout: {
      status: 'failed',
      own: { passed: 2, failed: 1, skipped: 0 },
      cases: { 'for ever': { error: /timed out in 50ms/, at: /a\.spec\.ts:4:1/ } },
    },
    crash: {
      status: 'crashed',
      own: { passed: 0, failed: 0, skipped: 0 },
      // Version 3 dies of it.
      message: /Worker exited unexpectedly|Worker forks emitted error|ended without a result/,
    },
    'no-load': {
      status: 'failed',
      own: { passed: 1, failed: 0, skipped: 0 },
      counted: { passed: 1, failed: 1, skipped: 0, because: 'vitest counts the file, but no test of it' },
      cases: { fine: { status: 'passed', file: 'b.spec.ts' } },
    },
    'no-tests': { status: 'no-tests', own: { passed: 0, failed: 0, skipped: 0 } },
    'several-files': {
      status: 'failed',
      own: { passed: 6, failed: 2, skipped: 0 },
      cases: { 'shared › deep (1+1) › fails. always': { file: 'b.spec.ts', error: /^always$/ } },
    },
  },
})
