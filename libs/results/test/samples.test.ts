import assert from 'node:assert/strict'
import type { ResultFormat } from '@muster/model'
import { type ReadResults, readResults } from '@muster/results'
import { bytes, fixture, summary } from './read.ts'

interface Expected {
  readonly format: ResultFormat
  /** suites, tests, passed, failed, errors, skipped */
  readonly totals: readonly number[]
  /** The first line of each note only. */
  readonly cases: readonly string[]
  readonly warnings?: readonly string[]
}

/** What the samples of tools (fixtures/README.md) hold. */
const ORACLE: Readonly<Record<string, Expected>> = {
  'mocha-12.json': {
    format: 'mocha-json',
    totals: [3, 8, 2, 1, 1, 4],
    cases: [
      'passed cart › adds an item',
      'passed x2 cart › flickers',
      'failed cart totals › rounds [Expected values to be strictly equal:',
      'skipped cart totals › in euros',
      'skipped cart totals › with tax',
      'skipped cart totals › decides to skip',
      'skipped cart totals › decides later to skip',
      'failed cart with a database › "before all" hook: connects for "never runs" [connection refused]',
    ],
  },
  'jest-30.json': {
    format: 'jest-json',
    totals: [3, 6, 2, 1, 1, 2],
    cases: [
      'passed cart › adds an item',
      'failed x2 cart › totals › rounds [Error: expect(received).toBe(expected) // Object.is equality',
      'skipped cart › totals › in euros',
      'skipped cart › totals › with tax [todo]',
      'passed x2 cart › flickers',
      "failed (test file failed to run) [Cannot find module './no-such-module.js' from 'broken.test.js'",
    ],
  },
  'vitest-4.json': {
    format: 'jest-json',
    totals: [3, 6, 2, 1, 1, 2],
    cases: [
      "failed (test file failed to run) [Cannot find module './no-such-module.mjs' imported from /home/dev/shop/broken.test.mjs]",
      'passed cart › adds an item',
      'failed cart › totals › rounds [AssertionError: expected 0.30000000000000004 to be 0.3 // Object.is equality]',
      'skipped cart › totals › in euros',
      'skipped cart › totals › with tax [todo]',
      'passed x2 cart › flickers',
    ],
  },
  'go-1.19.ndjson': {
    format: 'go-json',
    totals: [3, 10, 5, 2, 2, 1],
    cases: [
      'failed example.com/shop/broken › (build failed) [(build failed)]',
      'passed example.com/shop/dies › TestFine',
      'passed example.com/shop/cart › TestAdd',
      'failed example.com/shop/cart › TestTotals/rounds [cart_test.go:5: got 0.3, want 0.3]',
      'skipped example.com/shop/cart › TestTotals/in_euros [cart_test.go:6: no rates]',
      'passed example.com/shop/cart › TestTotals/nested/deep',
      'passed example.com/shop/cart › TestTotals/nested',
      'failed example.com/shop/cart › TestTotals [failed without a message; see its subtests]',
      'passed example.com/shop/cart › TestParallel',
      'failed example.com/shop/dies › TestPanics [panic: boom [recovered]]',
    ],
  },
  'pytest-9.xml': {
    format: 'junit',
    totals: [1, 9, 3, 1, 3, 2],
    cases: [
      'failed tests.test_broken [collection failure]',
      'passed tests.test_orders › test_adds[1]',
      'passed tests.test_orders › test_adds[2]',
      'failed tests.test_orders.TestTotals › test_rounds [assert (0.1 + 0.2) == 0.3]',
      'skipped tests.test_orders › test_later [needs a database]',
      'skipped tests.test_orders › test_known [bug in rounding]',
      'passed tests.test_orders › test_mended',
      'failed tests.test_orders › test_fixture [failed on setup with "ConnectionError: refused"]',
      'failed tests.test_orders › test_leaky [failed on teardown with "RuntimeError: teardown failed"]',
    ],
    // pytest counts a test that passed and then failed in its teardown twice.
    warnings: ['the file states 10 tests, but holds 9'],
  },
  'vitest-4.xml': {
    format: 'junit',
    totals: [2, 6, 2, 2, 0, 2],
    cases: [
      "failed broken.test.mjs › broken.test.mjs [Cannot find module './no-such-module.mjs' imported from /home/dev/shop/broken.test.mjs]",
      'passed cart.test.mjs › cart > adds an item',
      'failed cart.test.mjs › cart > totals > rounds [expected 0.30000000000000004 to be 0.3 // Object.is equality]',
      'skipped cart.test.mjs › cart > totals > in euros',
      'skipped cart.test.mjs › cart > totals > with tax',
      'passed cart.test.mjs › cart > flickers',
    ],
  },
  'node-20.xml': {
    format: 'junit',
    totals: [1, 4, 1, 1, 0, 2],
    cases: [
      'passed cart › test › adds',
      'failed cart › test › rounds [Expected values to be strictly equal:+ actual - expected+ 0.30000000000000004- 0.3     ^]',
      'skipped cart › test › skips [no rates]',
      'skipped cart › test › todo [true]',
    ],
    // It counts a failing todo among the failures here, and nowhere else.
    warnings: ['the file states 2 failed tests, but holds 1'],
  },
  'pytest-json-report-1.5.json': {
    format: 'pytest-json',
    totals: [3, 7, 2, 1, 2, 2],
    cases: [
      "failed tests/test_broken.py (could not be collected) [ModuleNotFoundError: No module named 'no_such_module']",
      'passed test_adds[a::b]',
      'failed TestTotals › test_rounds [assert (0.1 + 0.2) == 0.3]',
      'skipped test_later [needs a database]',
      'skipped test_known [expected failure]',
      'passed test_mended',
      'failed test_fixture [ConnectionError: refused]',
    ],
  },
  'dart-1.25.ndjson': {
    format: 'dart-json',
    totals: [3, 5, 2, 1, 1, 1],
    cases: [
      'passed cart › adds',
      'failed cart › totals › rounds [Expected: <0.3>',
      'failed cart › totals › connects [SocketException: refused]',
      'skipped cart › later [needs a database]',
      'passed alone',
    ],
  },
  'vstest-17.trx': {
    format: 'trx',
    totals: [2, 6, 3, 1, 1, 1],
    cases: [
      'passed Shop.CartTests › Adds',
      'failed Shop.OtherTests › Rounds [Assert.AreEqual failed. Expected:<0.3>. Actual:<0.30000000000000004>.]',
      'skipped Shop.CartTests › Later [needs a database]',
      "failed Shop.CartTests › Hangs [Test 'Hangs' exceeded execution timeout period.]",
      'passed Shop.CartTests › Sums (1,2)',
      'passed Shop.CartTests › Sums (2,3)',
    ],
    warnings: [
      'the run reports an error: The active test run was aborted. Reason: Test host process crashed',
    ],
  },
  'nunit-3.xml': {
    format: 'nunit',
    totals: [1, 5, 2, 1, 1, 1],
    cases: [
      'passed Shop.CartTests › Adds(1,2)',
      'passed Shop.CartTests › Adds("a",null)',
      'failed Shop.CartTests › Rounds [Expected: 0.3',
      'failed Shop.CartTests › Connects [System.InvalidOperationException : no connection]',
      'skipped Shop.CartTests › Later [needs a database]',
    ],
  },
  'nunit-2.xml': {
    format: 'nunit',
    totals: [1, 5, 2, 1, 1, 1],
    cases: [
      'passed Shop.Tests.CartTests › Adds',
      'passed Shop.Tests.CartTests › Sums(1.5)',
      'failed Shop.Tests.CartTests › Rounds [Expected: 0.3',
      'failed Shop.Tests.CartTests › Connects [System.InvalidOperationException : no connection]',
      'skipped Shop.Tests.CartTests › Later [needs a database]',
    ],
  },
  'xunit-2.xml': {
    format: 'xunit',
    totals: [2, 5, 2, 1, 1, 1],
    cases: [
      'failed Shop.CartTests (test-class-cleanup) [System.ObjectDisposedException : Cannot access a disposed object.]',
      'passed Shop.CartTests › Adds(a: 1, b: 2)',
      'passed Shop.CartTests › adds nothing to nothing',
      'failed Shop.CartTests › Rounds [Assert.Equal() Failure: Values differ',
      'skipped Shop.CartTests › Later [needs a database]',
    ],
  },
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

const read = async (name: string, format: ResultFormat): Promise<ReadResults> =>
  readResults(format, await fixture(name), { root: '/home/dev/shop' })

describe('samples of tools', () => {
  for (const [name, expected] of Object.entries(ORACLE)) {
    it(name, async () => {
      const text = await fixture(name)
      const whole = await readResults(expected.format, text, { root: '/home/dev/shop' })
      assert.deepEqual(summary(whole.cases).map(firstLine), expected.cases)
      const { suites, tests, passed, failed, errors, skipped } = whole.totals
      assert.deepEqual([suites, tests, passed, failed, errors, skipped], expected.totals)
      assert.deepEqual(
        whole.warnings.map(({ message }) => message),
        expected.warnings ?? [],
      )
      assert.equal(whole.complete, true)
      const inPieces = await readResults(expected.format, bytes(text, 3), { root: '/home/dev/shop' })
      assert.deepEqual(inPieces, whole)
    })
  }

  it('keep what failed before a pass, the sides of a comparison, files and times', async () => {
    const vitest = (await read('vitest-4.json', 'jest-json')).cases
    assert.equal(
      vitest.at(-1)?.earlierErrors?.[0]?.message,
      'AssertionError: expected 1 to be 2 // Object.is equality',
    )
    assert.equal(vitest[1]?.file, 'cart.test.mjs')
    const jest = (await read('jest-30.json', 'jest-json')).cases
    assert.deepEqual([jest[1]?.error?.expected, jest[1]?.error?.actual], ['0.3', '0.30000000000000004'])
    const mocha = (await read('mocha-12.json', 'mocha-json')).cases
    assert.deepEqual([mocha[2]?.error?.expected, mocha[7]?.hook], ['0.3', true])
    const pytest = (await read('pytest-json-report-1.5.json', 'pytest-json')).cases
    assert.deepEqual([pytest[2]?.stdout, pytest[2]?.durationMs], ['on stdout', 1.1])
    assert.equal((await read('nunit-2.xml', 'nunit')).cases[2]?.durationMs, 1_234_500)
    assert.equal((await read('vstest-17.trx', 'trx')).cases[1]?.durationMs, 3_600_500)
    assert.match((await read('nunit-3.xml', 'nunit')).cases[2]?.error?.stack ?? '', /CartTests\.cs:line 21/)
  })

  it('take a go build that speaks in events, and a package that dies without a failing test', async () => {
    const events = [
      { ImportPath: 'a [a.test]', Action: 'build-output', Output: '# a [a.test]\n' },
      { ImportPath: 'a [a.test]', Action: 'build-output', Output: './a_test.go:3:1: undefined: x\n' },
      { ImportPath: 'a [a.test]', Action: 'build-fail' },
      { Action: 'start', Package: 'a' },
      { Action: 'output', Package: 'a', Output: 'FAIL\ta [build failed]\n' },
      { Action: 'fail', Package: 'a', Elapsed: 0, FailedBuild: 'a [a.test]' },
      { Action: 'start', Package: 'b' },
      { Action: 'run', Package: 'b', Test: 'TestHangs' },
      { Action: 'output', Package: 'b', Test: 'TestHangs', Output: 'panic: test timed out after 1s\n' },
      { Action: 'fail', Package: 'b', Elapsed: 1 },
      { Action: 'output', Package: 'c', Output: 'panic: in init\n' },
      { Action: 'fail', Package: 'c', Elapsed: 0.1 },
    ]
    const text = events.map((each) => JSON.stringify(each)).join('\n')
    const { cases, complete, totals } = await readResults('go-json', text)
    assert.deepEqual(summary(cases), [
      'failed a › (build failed) [./a_test.go:3:1: undefined: x]',
      'failed b › TestHangs [panic: test timed out after 1s]',
      'failed c › (package failed) [panic: in init]',
    ])
    assert.deepEqual([complete, totals.errors], [true, 3])
  })
})
