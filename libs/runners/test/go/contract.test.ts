import { fileURLToPath } from 'node:url'
import { RUNNERS } from '../../src/index.ts'
import { describeRunnerContract } from '../contract/runner-contract.ts'
import { CONTEXT } from '../support/fixtures.ts'
import { goMissing, goVerdict } from './support.ts'

const MODULE = 'example.test/fixtures'

describeRunnerContract({
  runner: RUNNERS.go,
  fixtures: fileURLToPath(new URL('../fixtures/go', import.meta.url)),
  spec: { name: 'go', args: [] },
  context: CONTEXT,
  ...goMissing(),
  ownVerdict: goVerdict,
  scenarios: {
    passes: {
      status: 'passed',
      own: { passed: 8, failed: 0, skipped: 0 },
      cases: {
        [`${MODULE}/passes › TestAlone`]: { status: 'passed' },
        [`${MODULE}/passes › TestOuter/in_a_group/two`]: { status: 'passed' },
        [`${MODULE}/passes › ExampleHello`]: { status: 'passed' },
        [`${MODULE}/passes › FuzzSeeds/seed#0`]: { status: 'passed' },
        [`${MODULE}/passes/inner › TestInner`]: { file: 'inner' },
      },
    },
    failures: {
      status: 'failed',
      own: { passed: 2, failed: 4, skipped: 0 },
      cases: {
        [`${MODULE}/failures › TestDiffers`]: {
          error: /\/fixtures\/go\/failures\/a_test\.go:10: got 2, want 3$/,
          at: /^    at .*failures\/a_test\.go:10\n[^]*before it fails/,
        },
        [`${MODULE}/failures › TestParts`]: { error: /see its subtests/ },
        [`${MODULE}/failures › TestParts/bad_part`]: { error: /a_test\.go:15: bad$/ },
        [`${MODULE}/failures › ExampleHello`]: { at: /got:\nhello\nwant:\nbye/ },
      },
    },
    'hook-fails': {
      status: 'failed',
      own: { passed: 1, failed: 0, skipped: 0 },
      counted: { passed: 1, failed: 1, skipped: 0, because: 'no test tells that TestMain exits with 3' },
      cases: { [`${MODULE}/hook-fails › (package failed)`]: { status: 'failed' } },
    },
    skips: {
      status: 'passed',
      own: { passed: 1, failed: 0, skipped: 3 },
      cases: {
        [`${MODULE}/skips › TestLeftOut`]: { status: 'skipped', skipReason: 'a_test.go:5: needs a moon' },
        [`${MODULE}/skips › TestPart/left_out`]: { status: 'skipped' },
      },
    },
    retries: 'go test has no retries',
    timeout: 'go test ends a whole package: see go.test.ts',
    crash: {
      status: 'failed',
      own: { passed: 1, failed: 1, skipped: 0 },
      cases: {
        [`${MODULE}/crash › TestPanics`]: {
          error: /^panic: assignment to entry in nil map/,
          at: /crash\/a_test\.go:9/,
        },
      },
    },
    'no-load': {
      status: 'failed',
      own: { passed: 1, failed: 0, skipped: 0 },
      counted: { passed: 1, failed: 1, skipped: 0, because: 'a package that does not build has no test' },
      cases: {
        [`${MODULE}/no-load/broken › (build failed)`]: {
          file: 'broken',
          error: /a_test\.go:5:33: undefined: missing$/,
        },
      },
    },
    'no-tests': { status: 'no-tests', own: { passed: 0, failed: 0, skipped: 0 } },
    'several-files': {
      status: 'failed',
      own: { passed: 8, failed: 3, skipped: 0 },
      cases: {
        [`${MODULE}/several-files/b › TestGroup/deep_(1+1)/fails._always`]: { file: 'b', error: /always$/ },
      },
    },
  },
})
