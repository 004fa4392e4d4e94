import assert from 'node:assert/strict'
import { type ReadResults, readResults } from '@muster/results'
import { bytes, fixture, summary } from './read.ts'

const read = (text: string): Promise<ReadResults> => readResults('ctrf', text, { file: 'c.json' })
const messages = ({ warnings }: ReadResults): string[] => warnings.map(({ message }) => message)
const document = (tests: unknown, summaryOf: object = {}): string =>
  JSON.stringify({ results: { tool: { name: 't' }, summary: summaryOf, tests } })

describe('CTRF', () => {
  it('reads a report, whole and byte by byte', async () => {
    const text = await fixture('playwright.ctrf.json')
    const whole = await readResults('ctrf', text, { root: '/repo' })
    assert.deepEqual(summary(whole.cases), [
      'passed chromium › login.spec.ts › logs in',
      'passed x3 chromium › shop.spec.ts › cart › buys',
      'failed chromium › shop.spec.ts › pays [Timeout 30000ms exceeded]',
      'skipped refunds [not on Fridays]',
      'skipped reviews [pending]',
    ])
    assert.equal(whole.cases[0]?.file, 'e2e/login.spec.ts')
    assert.equal(whole.cases[2]?.stdout, 'paying\nwaiting')
    assert.deepEqual(whole.declared, { tests: 5, passed: 2, failed: 1, skipped: 2 })
    assert.deepEqual([whole.warnings, whole.complete], [[], true])
    assert.deepEqual(await readResults('ctrf', bytes(text, 1), { root: '/repo' }), whole)
    const minified = JSON.stringify(JSON.parse(text))
    assert.deepEqual(await readResults('ctrf', bytes(minified, 7), { root: '/repo' }), whole)
  })

  it('keeps the finished tests of a document cut anywhere', async () => {
    const text = (await fixture('playwright.ctrf.json')).trimEnd()
    const { cases } = await read(text)
    let most = 0
    for (let end = 0; end < text.length; end += 5) {
      const result = await read(text.slice(0, end))
      assert.equal(result.complete, false, `cut at ${end}`)
      assert.ok(result.warnings.length > 0)
      assert.deepEqual(result.cases, cases.slice(0, result.cases.length))
      most = Math.max(most, result.cases.length)
    }
    assert.equal(most, cases.length)
  })

  it('points at what is wrong, and keeps what it can', async () => {
    const text = `{"results": {"tool": {"name": "t"}, "summary": {},
      "tests": [
        {"name": "fine", "status": "passed", "duration": 1},
        7,
        {"name": "odd", "status": "exploded", "duration": 1},
        {"name": "lax"
        , "status": "passed", "duration": "3s", "suite": [1], "retries": -1},
        {"name": "", "status": "failed", "duration": 1, "message": 4}
      ]}}`
    const result = await read(text)
    assert.deepEqual(summary(result.cases), ['passed fine', 'passed lax', 'failed (unnamed test) [failed]'])
    assert.equal(result.complete, false)
    assert.deepEqual(
      result.warnings.map(({ line, message }) => `${line}: ${message}`),
      [
        '4: results.tests[1]: expected an object, found 7',
        '5: results.tests[2]: field \'status\': expected passed, failed, skipped, pending or other, found "exploded"',
        "6: results.tests[3]: field 'retries': expected a whole number, found -1",
        "6: results.tests[3]: field 'suite': expected an array of strings, found an array",
        '6: results.tests[3]: field \'duration\': expected milliseconds, found "3s"',
        '8: results.tests[4]: field \'name\': expected a name, found ""',
        "8: results.tests[4]: field 'message': expected a string, found 4",
      ],
    )
  })

  it('refuses what is no CTRF', async () => {
    for (const [text, expected] of [
      ['', 'is empty'],
      ['{}', 'is no CTRF: results.tests: expected an array, found nothing'],
      ['[]', 'is no CTRF: results.tests: expected an array, found nothing'],
      ['{"results": {"tests": 4}}', 'is no CTRF: results.tests: expected an array, found 4'],
      ['{"results": {"tests": [}}', 'ends too early; the 0 finished test cases are kept'],
      ['{"results" {}}', /^is not valid JSON/],
      ['}{', /^is not valid JSON/],
    ] as const) {
      const result = await read(text)
      assert.deepEqual([result.cases, result.complete], [[], false], text)
      const [first = ''] = messages(result)
      if (typeof expected === 'string') assert.equal(first, expected)
      else assert.match(first, expected)
    }
  })

  it('finds the tests only where they belong', async () => {
    const decoy = [{ name: 'decoy', status: 'failed', duration: 0 }]
    const text = JSON.stringify({
      tests: decoy,
      extra: { results: { tests: decoy } },
      results: {
        extra: { tests: decoy },
        summary: { tests: 1 },
        tests: [{ name: 'real ]}"\\', status: 'passed', duration: 1, extra: { tests: decoy } }],
      },
    })
    assert.deepEqual(summary((await read(text)).cases), ['passed real ]}"\\'])
  })

  it('says when the totals disagree', async () => {
    const text = document([{ name: 'a', status: 'failed', duration: 1 }], { tests: 2, passed: 2, failed: 0 })
    const result = await read(text)
    assert.equal(result.complete, true)
    assert.deepEqual(messages(result), [
      'the file states 2 tests, but holds 1',
      'the file states 2 passed tests, but holds 0',
      'the file states 0 failed tests, but holds 1',
    ])
  })

  it('reads retries and flaky whichever the producer gives', async () => {
    const base = { status: 'passed', duration: 1 }
    const { cases } = await read(
      document([
        { name: 'flaky', ...base, flaky: true },
        {
          name: 'history',
          ...base,
          retryAttempts: [
            { attempt: 1, status: 'failed' },
            { attempt: 2, status: 'failed' },
          ],
        },
        { name: 'retries', ...base, retries: 1, retryAttempts: [{ attempt: 1, status: 'failed' }] },
        { name: 'none', ...base, retries: 0, flaky: false },
      ]),
    )
    assert.deepEqual(
      cases.map(({ attempts }) => attempts),
      [2, 3, 2, undefined],
    )
  })

  it('does not take an interrupted test for a skipped one', async () => {
    const { cases } = await read(
      document([
        { name: 'a', status: 'other', rawStatus: 'interrupted', duration: 1 },
        { name: 'b', status: 'other', rawStatus: 'manual', duration: 1 },
      ]),
    )
    assert.deepEqual(summary(cases), ['failed a [failed]', 'skipped b [other]'])
  })
})
