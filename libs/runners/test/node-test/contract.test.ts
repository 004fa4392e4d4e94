import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { RUNNERS } from '../../src/index.ts'
import type { OwnVerdict } from '../contract/contract.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'

/** Node's closing lines: `# pass 3`. What was cancelled hasn't passed; what is to be done isn't run. */
function ownVerdict(dir: string): Promise<OwnVerdict> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=tap'], { cwd: dir }, (error, stdout) => {
      const count = (word: string): number => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(stdout)?.[1])
      const failed = count('fail') + count('cancelled')
      const skipped = count('skipped') + count('todo')
      resolve({ counts: { passed: count('pass'), failed, skipped }, green: error === null })
    })
  })
}

describeRunnerContract({
  runner: RUNNERS['node:test'],
  fixtures: fileURLToPath(new URL('../fixtures/node-test', import.meta.url)),
  spec: { name: 'node:test', args: [] },
  context: CONTEXT,
  ownVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: { passed: 3, failed: 0, skipped: 0 },
      cases: {
        alone: { status: 'passed', file: 'a.test.mjs' },
        'outer › inner › two': { status: 'passed' },
      },
    },
    failures: {
      status: 'failed',
      own: { passed: 2, failed: 4, skipped: 0 },
      cases: {
        'sums › differ': { status: 'failed', expected: '3', actual: '2', at: /a\.test\.mjs:7:12/ },
        'sums › throw': { error: /^no sum$/, at: /TypeError: no sum[^]*a\.test\.mjs:10:11/ },
        'sums › have parts': { error: /^1 subtest failed$/, at: /a\.test\.mjs:12:3/ },
        'sums › have parts › bad': { error: /^bad part$/, at: /a\.test\.mjs:15:13/ },
        'sums › have parts › good': { status: 'passed' },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: { passed: 1, failed: 4, skipped: 0 },
      counted: { passed: 1, failed: 6, skipped: 0, because: 'node counts no failing hook of a suite' },
      cases: {
        'before › "before" hook': { hook: true, error: /^failed running before hook: no set-up$/ },
        'before › one': { status: 'failed', error: /cancelled/ },
        'after › "after" hook': { hook: true, error: /no tear-down/, at: /a\.test\.mjs:12:11/ },
        'after › three': { status: 'passed' },
        'beforeEach › four': { error: /^failed running beforeEach hook: no start$/ },
        'afterEach › five': { error: /^failed running afterEach hook: no end$/ },
      },
    },
    skips: {
      status: 'passed',
      own: { passed: 1, failed: 0, skipped: 5 },
      cases: {
        'left out for a reason': { status: 'skipped', skipReason: 'needs a moon' },
        'to be written': { status: 'skipped', skipReason: 'todo' },
        'to be mended': { status: 'skipped', skipReason: 'todo: some day' },
        'at run time': { status: 'skipped', skipReason: 'not here' },
      },
    },
    retries: 'node:test has no retries',
    timeout: {
      status: 'failed',
      own: { passed: 2, failed: 1, skipped: 0 },
      cases: { 'for ever': { error: /^test timed out after 50ms$/, at: /a\.test\.mjs:4:1/ } },
    },
    crash: {
      status: 'failed',
      own: { passed: 0, failed: 1, skipped: 0 },
      cases: { 'a.test.mjs': { file: 'a.test.mjs', error: /^a\.test\.mjs exited with code 3$/ } },
    },
    'no-load': {
      status: 'failed',
      own: { passed: 1, failed: 1, skipped: 0 },
      cases: {
        'a.test.mjs': {
          error: /exited with code 1: Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module .*missing\.mjs/,
          stderr: /Node\.js v/,
        },
        fine: { status: 'passed', file: 'b.test.mjs' },
      },
    },
    'no-tests': { status: 'no-tests', own: { passed: 0, failed: 0, skipped: 0 } },
    'several-files': {
      status: 'failed',
      own: { passed: 7, failed: 2, skipped: 0 },
      cases: { 'shared › deep (1+1) › fails. always': { file: 'b.test.mjs', error: /^always$/ } },
    },
  },
})
