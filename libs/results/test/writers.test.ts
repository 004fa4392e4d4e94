import assert from 'node:assert/strict'
import { validate } from 'ctrf'
import * as fc from 'fast-check'
import type { RunRecord, Status, SuiteRecord } from '@muster/model'
import { readResults, writeCtrf, writeJUnit } from '@muster/results'
import { arbitraryRecord } from './arbitrary-record.ts'

const [BASE] = fc.sample(arbitraryRecord, { seed: 1, numRuns: 1 })

const suite = (extra: Partial<SuiteRecord>): SuiteRecord => ({
  name: 'cart',
  kind: 'unit',
  status: 'passed',
  cached: false,
  from: null,
  hash: null,
  tests: 0,
  passed: 0,
  failed: 0,
  skipped: 0,
  flaky: 0,
  quarantined: 0,
  notRerun: 0,
  durationMs: 1500,
  slow: false,
  unstable: false,
  dependsOn: [],
  plan: null,
  units: [],
  attempts: [],
  cases: [],
  ...extra,
})
const record = (...suites: SuiteRecord[]): RunRecord => {
  assert.ok(BASE)
  return { ...BASE, suites }
}
const BAD: readonly Status[] = [
  'failed',
  'no-tests',
  'timed-out',
  'crashed',
  'aborted',
  'environment-error',
  'no-device',
]

describe('writers', () => {
  it('write CTRF that the published schema accepts, for any record', () => {
    fc.assert(
      fc.property(arbitraryRecord, (any) => {
        const result = validate(JSON.parse(writeCtrf(any)))
        assert.deepEqual(result.errors, [])
        assert.equal(result.valid, true)
      }),
      { numRuns: 25 },
    )
  })

  for (const status of BAD) {
    it(`show a suite that is ${status} without cases as red`, async () => {
      const broken = record(suite({ status, message: 'what <happened>' }))
      const junit = writeJUnit(broken)
      assert.match(junit, /<testsuites name="muster" tests="1" failures="0" errors="1" skipped="0"/)
      assert.match(junit, new RegExp(`<error message="what &lt;happened&gt;" type="suite ${status}"/>`))
      for (const [format, text] of [
        ['junit', junit],
        ['ctrf', writeCtrf(broken)],
      ] as const) {
        const { cases } = await readResults(format, text)
        assert.deepEqual(
          cases.map((each) => [each.status, each.error?.message]),
          [['failed', 'what <happened>']],
        )
      }
    })
  }

  it('show a crash beside cases that passed, and no second failure beside one that failed', async () => {
    const passed = { path: ['a'], status: 'passed', durationMs: 1 } as const
    const failed = { path: ['b'], status: 'failed', durationMs: 1, error: { message: 'm' } } as const
    const text = writeJUnit(
      record(
        suite({ status: 'crashed', cases: [passed] }),
        suite({ status: 'failed', cases: [passed, failed] }),
      ),
    )
    const { cases } = await readResults('junit', text)
    assert.deepEqual(
      cases.map((each) => each.path.join()),
      ['a', 'suite crashed', 'a', 'b'],
    )
  })

  it('show a skipped suite as skipped, not as nothing', async () => {
    const skipped = record(suite({ status: 'skipped', message: 'lint failed' }))
    for (const [format, text] of [
      ['junit', writeJUnit(skipped)],
      ['ctrf', writeCtrf(skipped)],
    ] as const) {
      const { cases } = await readResults(format, text)
      assert.deepEqual(
        cases.map((each) => [each.status, each.skipReason]),
        [['skipped', 'lint failed']],
      )
    }
  })

  it('write what a person expects to find', () => {
    const text = writeJUnit(
      record(
        suite({
          cached: true,
          from: { runId: '20260131-154501-3f9a1c' as never, at: 1_769_874_301_000, source: 'nx-cache' },
          cases: [
            {
              path: ['totals', 'adds'],
              file: 'cart/a.test.ts',
              status: 'passed',
              durationMs: 12.4,
              attempts: 2,
            },
            {
              path: ['removes'],
              status: 'failed',
              durationMs: 3,
              error: {
                message: '1 ≠ "2"',
                stack: '\u001b[31mError\u001b[39m ]]>\n  at x',
                expected: '2',
                actual: '1',
              },
              stdout: 'log & more',
            },
            { path: ['later'], status: 'skipped', durationMs: 0, skipReason: 'no\nnetwork' },
          ],
        }),
      ),
    )
    assert.equal(
      text,
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="muster" tests="3" failures="1" errors="0" skipped="1" time="9.500">
  <testsuite name="cart" tests="3" failures="1" errors="0" skipped="1" time="1.500" timestamp="2026-01-31T15:45:01.000Z">
    <properties>
      <property name="muster.status" value="passed"/>
      <property name="muster.kind" value="unit"/>
      <property name="muster.cached" value="true"/>
      <property name="muster.from" value="20260131-154501-3f9a1c"/>
      <property name="muster.source" value="nx-cache"/>
    </properties>
    <testcase classname="cart › totals" name="adds" time="0.012" file="cart/a.test.ts">
      <flakyFailure message="execution failed; 2 executions in all"/>
    </testcase>
    <testcase classname="cart" name="removes" time="0.003">
      <failure message="1 ≠ &quot;2&quot;" type="failure">Error ]]&gt;
  at x

expected: 2

actual: 1</failure>
      <system-out>log &amp; more</system-out>
    </testcase>
    <testcase classname="cart" name="later" time="0.000">
      <skipped message="no&#10;network"/>
    </testcase>
  </testsuite>
</testsuites>
`,
    )
  })

  it('tell each execution of a case that was retried, as Surefire does', async () => {
    const first = { message: 'port taken', stack: 'Error: port taken\n    at listen (a.ts:1:2)' }
    const retried = record(
      suite({
        cases: [
          { path: ['flickers'], status: 'passed', durationMs: 1, attempts: 3, earlierErrors: [first] },
          {
            path: ['fails'],
            status: 'failed',
            durationMs: 1,
            attempts: 2,
            error: { message: 'still taken' },
            earlierErrors: [first],
          },
        ],
      }),
    )
    const stack = 'Error: port taken\n    at listen (a.ts:1:2)'
    assert.deepEqual(writeJUnit(retried).split('    <testcase classname="cart" name="').slice(1), [
      `flickers" time="0.001">
      <flakyFailure message="port taken" type="failure"><stackTrace>${stack}</stackTrace></flakyFailure>
      <flakyFailure message="execution failed; 3 executions in all"/>
    </testcase>
`,
      `fails" time="0.001">
      <failure message="port taken" type="failure">${stack}</failure>
      <rerunFailure message="still taken" type="failure"><stackTrace>still taken</stackTrace></rerunFailure>
    </testcase>
  </testsuite>
</testsuites>
`,
    ])
    const { results } = JSON.parse(writeCtrf(retried)) as { results: { tests: Record<string, unknown>[] } }
    const retries = results.tests.map(({ status, flaky, retries: count, retryAttempts }) => [
      status,
      flaky,
      count,
      retryAttempts,
    ])
    assert.deepEqual(retries, [
      [
        'passed',
        true,
        2,
        [
          { attempt: 1, status: 'failed', message: 'port taken', trace: stack },
          { attempt: 2, status: 'failed' },
        ],
      ],
      ['failed', false, 1, [{ attempt: 1, status: 'failed', message: 'port taken', trace: stack }]],
    ])
  })

  it('show a failure in quarantine without being red', async () => {
    const quarantined = record(
      suite({
        cases: [
          {
            path: ['flickers'],
            status: 'failed',
            durationMs: 1,
            error: { message: 'port taken' },
            quarantined: 'ada, until 2026-03-01',
          },
        ],
      }),
    )
    const junit = writeJUnit(quarantined)
    assert.match(junit, /<testsuites name="muster" tests="1" failures="0" errors="0" skipped="1"/)
    assert.match(junit, /<property name="muster\.quarantined" value="ada, until 2026-03-01"\/>/)
    assert.match(
      junit,
      /<skipped message="failed in quarantine \(ada, until 2026-03-01\): port taken">port taken</,
    )
    const ctrf = writeCtrf(quarantined)
    assert.match(ctrf, /"status":"other","rawStatus":"quarantined".*"message":"port taken"/)
    assert.match(ctrf, /"extra":\{"quarantined":"ada, until 2026-03-01"\}/)
    for (const [format, text] of [
      ['junit', junit],
      ['ctrf', ctrf],
    ] as const) {
      const { cases } = await readResults(format, text)
      assert.deepEqual(
        cases.map((each) => each.status),
        ['skipped'],
      )
    }
  })

  it('say which results were not executed again', () => {
    const kept = record(
      suite({
        cases: [
          {
            path: ['a'],
            status: 'passed',
            durationMs: 1,
            notRerun: true,
            notRerunFrom: '20260131-154501-3f9a1c' as never,
          },
        ],
      }),
    )
    assert.match(writeJUnit(kept), /<property name="muster\.notRerun" value="true"\/>/)
    assert.match(writeCtrf(kept), /"extra":\{"notRerun":true,"notRerunFrom":"20260131-154501-3f9a1c"\}/)
  })
})
