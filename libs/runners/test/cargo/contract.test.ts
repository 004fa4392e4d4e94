import { fileURLToPath } from 'node:url'
import { RUNNERS } from '../../src/index.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'
import { cargoMissing, cargoVerdict, useTemporaryTarget } from './support.ts'

useTemporaryTarget()

describeRunnerContract({
  runner: RUNNERS.cargo,
  fixtures: fileURLToPath(new URL('../fixtures/cargo', import.meta.url)),
  spec: { name: 'cargo', args: [] },
  context: CONTEXT,
  ...cargoMissing(),
  ownVerdict: cargoVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: { passed: 5, failed: 0, skipped: 0 },
      cases: {
        'passes › tests::alone': { status: 'passed', file: 'src/lib.rs' },
        'passes › tests::panics': { status: 'passed' },
        'passes › sums::tests::inner::two': { status: 'passed', file: 'src/sums.rs' },
        'passes::doc › passes/src/lib.rs - one (line 5)': { status: 'passed', file: 'src/lib.rs' },
      },
    },
    failures: {
      status: 'failed',
      own: { passed: 1, failed: 5, skipped: 0 },
      cases: {
        'failures › tests::differs': {
          error: /^assertion `left == right` failed: the sum of 1\n/,
          actual: '2',
          expected: '3',
          at: /^    at libs\/.*failures\/src\/lib\.rs:6:9\n/,
          stdout: /^before it fails$/,
        },
        'failures › tests::returns': { error: /^Error: "returned this"$/ },
        'failures › tests::panics_in_lines': { error: /^first\nsecond$/ },
        'failures › tests::should_have_panicked': { error: /^note: test did not panic as expected/ },
        'failures › tests::panics_otherwise': { error: /^panic did not contain expected string\n/ },
      },
    },
    'hook-fails': 'Rust has no hooks around tests',
    skips: {
      status: 'passed',
      own: { passed: 1, failed: 0, skipped: 3 },
      cases: {
        'skips › tests::for_a_reason': { status: 'skipped', skipReason: 'needs a moon' },
        'skips › tests::left_out': { status: 'skipped' },
      },
    },
    retries: 'cargo test has no retries',
    timeout: 'cargo test has no time limit',
    crash: {
      status: 'failed',
      own: { passed: 1, failed: 0, skipped: 0 },
      counted: { passed: 2, failed: 2, skipped: 0, because: 'libtest sums up no binary that ends too early' },
      cases: {
        'crash::aborts › a_passes': { status: 'passed' },
        'crash::aborts › b_aborts': {
          file: 'tests/aborts.rs',
          error: /^the test binary ended \(signal: 6, SIGABRT.*\) after 1 of 3 tests$/,
        },
        'crash::exits › exits_well': { error: /^the test binary exited after 0 of 1 tests$/ },
        'crash::fine › fine': { status: 'passed' },
      },
    },
    'no-load': {
      status: 'failed',
      own: null,
      counted: { passed: 0, failed: 1, skipped: 0, because: 'nothing runs when something does not compile' },
      cases: {
        'no-load::broken › (build failed)': {
          file: 'tests/broken.rs',
          error: /no-load\/tests\/broken\.rs:3:5: error\[E0425\]: cannot find function `missing`/,
          at: /not found in this scope/,
        },
      },
    },
    'no-tests': { status: 'no-tests', own: { passed: 0, failed: 0, skipped: 0 } },
    'several-files': {
      status: 'failed',
      own: { passed: 3, failed: 3, skipped: 0 },
      counted: {
        passed: 3,
        failed: 4,
        skipped: 0,
        because: 'a harness of its own sums up nothing for libtest',
      },
      cases: {
        'several-files › tests::shared': { status: 'passed', file: 'src/lib.rs' },
        'several-files::bin/tool › tests::shared': { status: 'failed', file: 'src/bin/tool.rs' },
        'several-files::it › shared': { status: 'passed', file: 'tests/it.rs' },
        'several-files::doc › several-files/src/lib.rs - documented (line 9)': {
          at: /^    at .*several-files\/src\/lib\.rs:9\n/,
        },
        'several-files::it › other': { status: 'failed', error: /^other$/ },
        'several-files::own › (own harness)': { file: 'tests/own.rs', error: /exit status: 2/ },
      },
    },
  },
})
