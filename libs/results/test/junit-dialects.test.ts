import assert from 'node:assert/strict'
import { countCases, NO_COUNTS } from '@muster/model'
import { readResults } from '@muster/results'
import { bytes, fixture, summary } from './read.ts'

interface Expected {
  readonly cases: readonly string[]
  readonly warnings?: readonly string[]
  readonly declaredTests?: number
}

/** What each dialect's fixture must yield. */
const ORACLE: Readonly<Record<string, Expected>> = {
  'pytest.xml': {
    declaredTests: 5,
    cases: [
      'passed tests.test_orders.TestTotals › test_adds[1-2]',
      'failed tests.test_orders.TestTotals › test_rounds [AssertionError: assert 0.30000000000000004 == 0.3]',
      'skipped tests.test_orders › test_later [needs a database]',
      'skipped tests.test_orders › test_known [bug in rounding]',
      'failed tests.test_orders › test_fixture [failed on setup with "ConnectionError: refused"]',
    ],
  },
  'jest-junit.xml': {
    declaredTests: 3,
    cases: [
      'passed cart › cart adds an item',
      'failed cart › cart removes an item [Error: expect(received).toBe(expected) // Object.is equality]',
      'skipped cart › cart empties',
    ],
  },
  'mocha-junit-reporter.xml': {
    declaredTests: 2,
    cases: [
      'passed parser › parser accepts nothing',
      'failed parser › parser refuses junk [Missing expected exception.]',
    ],
  },
  'surefire.xml': {
    declaredTests: 4,
    cases: [
      'passed org.shop.PriceTest › sums',
      'passed x2 org.shop.PriceTest › flickers',
      'failed x3 org.shop.PriceTest › connects [Connection refused]',
      'skipped org.shop.PriceTest › later [not on this platform]',
    ],
    warnings: ['23: a time attribute is no number of seconds; taken as 0'],
  },
  'gotestsum.xml': {
    declaredTests: 3,
    cases: [
      'passed example.com/shop/cart › TestAdd',
      'failed example.com/shop/cart › TestRemove/twice [cart_test.go:21: got 1, want 0]',
      'skipped example.com/shop/cart › TestSlow [=== RUN   TestSlow\n    cart_test.go:30: short mode]',
    ],
  },
  'nextest.xml': {
    declaredTests: 3,
    cases: [
      'passed shop::integration › cart::adds',
      'passed x2 shop::integration › cart::flaky_mod_2',
      'failed x2 shop::integration › cart::removes [again]',
    ],
  },
  // Its totals count assertions: believing them would be a false alarm.
  'catch2.xml': {
    cases: [
      'passed cart_tests.global › adds',
      'failed cart_tests.global › totals/two items [total == 3]',
      'failed cart_tests.Fixture › throws [boom]',
    ],
  },
  'phpunit.xml': {
    declaredTests: 4,
    cases: [
      'passed unit › App.Tests.CartTest › testAdds',
      'passed unit › App.Tests.CartTest › testTotals with data set #0',
      'failed unit › App.Tests.CartTest › testTotals with data set #1 [Failed asserting that 1 matches expected 3.]',
      'skipped unit › App.Tests.CartTest › testLater',
    ],
  },
}

describe('JUnit dialects', () => {
  for (const [name, expected] of Object.entries(ORACLE)) {
    it(`reads ${name}, whole and byte by byte`, async () => {
      const text = await fixture(name)
      const whole = await readResults('junit', text, { file: name })
      assert.deepEqual(summary(whole.cases), expected.cases)
      assert.deepEqual(
        whole.warnings.map(({ line, message }) => `${line}: ${message}`),
        expected.warnings ?? [],
      )
      assert.equal(whole.complete, true)
      assert.equal(whole.declared?.tests, expected.declaredTests)
      assert.deepEqual(await readResults('junit', bytes(text, 1), { file: name }), whole)
    })
  }

  it('keeps the second of several results of one case in the stack', async () => {
    const { cases } = await readResults('junit', await fixture('catch2.xml'))
    assert.match(cases[1]?.error?.stack ?? '', /total == 3[\s\S]*count == 2/)
  })

  it('keeps output of failing cases only', async () => {
    const { cases } = await readResults('junit', await fixture('surefire.xml'))
    assert.deepEqual(
      cases.map(({ stdout, stderr }) => [stdout, stderr]),
      [
        [undefined, undefined],
        [undefined, undefined],
        [undefined, 'WARN retrying'],
        [undefined, undefined],
      ],
    )
  })

  it('reads durations in seconds, with separators and without sense', async () => {
    const { cases } = await readResults('junit', await fixture('surefire.xml'))
    assert.deepEqual(
      cases.map(({ durationMs }) => durationMs),
      [1_200_500, 20, 300, 0],
    )
  })

  it('makes files workspace-relative', async () => {
    const text = await fixture('mocha-junit-reporter.xml')
    const { cases } = await readResults('junit', text, { root: '/repo' })
    assert.deepEqual(new Set(cases.map(({ file }) => file)), new Set(['test/parser.spec.js']))
    const relative = '<testsuite><testcase name="a" file=".\\src\\a.test.ts"/></testsuite>'
    const inLib = await readResults('junit', relative, { root: '/repo', dir: 'libs/a' })
    assert.equal(inLib.cases[0]?.file, 'libs/a/src/a.test.ts')
  })

  it('takes a status attribute where no element tells the result', async () => {
    const text = `<testsuites><testsuite name="g">
      <testcase name="runs" status="run" result="completed"/>
      <testcase name="off" status="notrun" result="suppressed"/>
      <testcase name="bad" status="failed"/>
      <testcase name="disabled"><disabled/></testcase>
      <testcase/>
    </testsuite></testsuites>`
    const { cases, complete } = await readResults('junit', text)
    assert.equal(complete, true)
    assert.deepEqual(summary(cases), [
      'passed g › runs',
      'skipped g › off',
      'failed g › bad [failed]',
      'skipped g › disabled',
      'passed g › (unnamed test)',
    ])
  })

  it('says when the totals of the file disagree with its cases', async () => {
    const text = '<testsuite tests="3" failures="1"><testcase name="a"/></testsuite>'
    const { cases, warnings, complete } = await readResults('junit', text)
    assert.equal(complete, true)
    assert.deepEqual(countCases(cases), { ...NO_COUNTS, tests: 1, passed: 1 })
    assert.deepEqual(
      warnings.map(({ message }) => message),
      ['the file states 3 tests, but holds 1', 'the file states 1 failed tests, but holds 0'],
    )
  })
})
