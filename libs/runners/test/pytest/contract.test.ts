import { fileURLToPath } from 'node:url'
import { RUNNERS } from '../../src/index.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'
import { PLAIN, pytestMissing, pytestVerdict } from './support.ts'

describeRunnerContract({
  runner: RUNNERS.pytest,
  fixtures: fileURLToPath(new URL('../fixtures/pytest', import.meta.url)),
  spec: { name: 'pytest', args: [] },
  context: CONTEXT,
  ...pytestMissing('python3'),
  ownVerdict: (dir) => pytestVerdict(dir, { env: PLAIN }),
  env: PLAIN,
  scenarios: {
    passes: {
      status: 'passed',
      own: { passed: 5, failed: 0, skipped: 0 },
      cases: {
        test_alone: { status: 'passed', file: 'test_a.py' },
        'TestOuter › TestInner › test_two': { status: 'passed' },
        'test_each[a::b]': { status: 'passed' },
        'test_each[c d]': { status: 'passed' },
        test_below: { file: 'pkg/test_b.py' },
      },
    },
    failures: {
      status: 'failed',
      own: { passed: 1, failed: 4, skipped: 0 },
      cases: {
        test_differs: {
          error: /^assert \[1, 2\] == \[1, 3\]/,
          at: /^    at libs\/runners\/test\/fixtures\/pytest\/failures\/test_a\.py:8\n[^]*test_a\.py:8: AssertionError/,
        },
        test_throws: { error: /^TypeError: no sum$/, at: /test_a\.py:12: TypeError/ },
        test_speaks: {
          error: /said why/,
          stdout: /^to out\n$/,
          stderr: /^to err\nWARNING +root:test_a\.py:18 to log\n$/,
        },
        test_was_expected_to_fail: { status: 'failed', error: /^\[XPASS\(strict\)\]/ },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: { passed: 2, failed: 4, skipped: 0 },
      cases: {
        test_set_up: {
          status: 'failed',
          error: /^RuntimeError: no set-up$/,
          at: /test_a\.py:6: RuntimeError/,
        },
        test_tear_down: { status: 'passed' },
        'test_tear_down › "teardown" hook': { hook: true, error: /no tear-down/, stdout: /while running/ },
        test_both: { status: 'failed', error: /and the test/ },
        'test_both › "teardown" hook': { status: 'failed', hook: true },
      },
    },
    skips: {
      status: 'passed',
      own: { passed: 2, failed: 0, skipped: 6 },
      cases: {
        test_left_out: { status: 'skipped', skipReason: 'needs a moon' },
        test_by_condition: { status: 'skipped', skipReason: 'not here' },
        test_at_run_time: { status: 'skipped', skipReason: 'too late' },
        test_to_be_mended: { status: 'skipped', skipReason: 'expected failure: some day' },
        test_not_even_run: { status: 'skipped', skipReason: 'expected failure: [NOTRUN]' },
        test_mended_already: { status: 'passed' },
        'test_module.py': { status: 'skipped', skipReason: 'whole module', file: 'test_module.py' },
      },
    },
    retries: 'of the plugin pytest-rerunfailures: see plugins.test.ts',
    timeout: 'pytest has no time limit of its own',
    crash: {
      status: 'crashed',
      own: null,
      message: /pytest ended without a result: it exited with code 0/,
      cases: { test_first: { status: 'passed' } },
    },
    'no-load': {
      status: 'failed',
      own: { passed: 0, failed: 1, skipped: 0 },
      cases: {
        'test_a.py': { file: 'test_a.py', error: /^ModuleNotFoundError: No module named 'missing_module'$/ },
      },
    },
    'no-tests': { status: 'no-tests', own: { passed: 0, failed: 0, skipped: 0 } },
    'several-files': {
      status: 'failed',
      own: { passed: 6, failed: 3, skipped: 0 },
      cases: {
        'TestGroup › test_deep[2+2]': { file: 'test_b.py', status: 'failed' },
        'test_leaves › "teardown" hook': { file: 'test_b.py', error: /no tear-down/ },
      },
    },
  },
})
