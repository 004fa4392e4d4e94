import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { RunRecord, SuiteKind, TestCase } from '@muster/model'
import { readResults, reportRecord, writeCtrf, writeJUnit, writeMarkdown, writeSarif } from '@muster/results'
import { arbitraryRecord } from './arbitrary-record.ts'
import { fixture, summary } from './read.ts'

const record = (cases: readonly TestCase[], kind: SuiteKind = 'unit', complete = true): RunRecord =>
  reportRecord(cases, { command: 'test', muster: '0.1.0', at: 1_772_442_901_000, kind, complete })

interface Sarif {
  readonly $schema: string
  readonly version: string
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { id: string }[] } }
    readonly invocations: readonly { executionSuccessful: boolean; toolExecutionNotifications?: unknown[] }[]
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string }
          readonly region?: { readonly startLine: number }
        }
      }[]
      readonly suppressions?: readonly { kind: string; justification: string }[]
    }[]
  }[]
}

const sarifOf = (of: RunRecord): Sarif => JSON.parse(writeSarif(of)) as Sarif

/** What the published schema of SARIF 2.1.0 requires of the objects that we write. */
function assertValidSarif(sarif: Sarif): void {
  assert.equal(sarif.version, '2.1.0')
  assert.equal(new URL(sarif.$schema).pathname, '/sarif-2.1.0.json')
  for (const { tool, invocations, results } of sarif.runs) {
    assert.ok(tool.driver.name !== '')
    const ids = tool.driver.rules.map(({ id }) => id)
    // "rules": uniqueItems.
    assert.equal(new Set(ids).size, ids.length)
    for (const { executionSuccessful } of invocations) assert.equal(typeof executionSuccessful, 'boolean')
    for (const { ruleId, ruleIndex, level, message, locations, suppressions = [] } of results) {
      assert.equal(ids[ruleIndex], ruleId)
      assert.ok(['none', 'note', 'warning', 'error'].includes(level))
      assert.equal(typeof message.text, 'string')
      for (const { physicalLocation } of locations) {
        if (!physicalLocation) continue
        const { artifactLocation, region } = physicalLocation
        assert.doesNotThrow(() => new URL(artifactLocation.uri, 'file:///workspace/'), artifactLocation.uri)
        assert.match(artifactLocation.uri, /^[\w%.~!*'():/-]*$/)
        if (region) assert.ok(Number.isInteger(region.startLine) && region.startLine >= 1)
      }
      for (const { kind } of suppressions) assert.ok(['inSource', 'external'].includes(kind))
    }
  }
}

describe('reports as records', () => {
  for (const [name, format] of [
    ['surefire.xml', 'junit'],
    ['pytest-9.xml', 'junit'],
    ['jest-30.json', 'jest-json'],
    ['go-1.19.ndjson', 'go-json'],
    ['vstest-17.trx', 'trx'],
  ] as const) {
    it(`keep what ${name} says through CTRF and JUnit`, async () => {
      const { cases, totals } = await readResults(format, await fixture(name), { root: '/home/dev/shop' })
      const expected = new Set(summary(cases))
      for (const [to, text] of [
        ['ctrf', writeCtrf(record(cases))],
        ['junit', writeJUnit(record(cases))],
      ] as const) {
        const again = await readResults(to, text, { keepSuite: true })
        assert.deepEqual([again.complete, again.warnings], [true, []])
        const { tests, passed, failed, errors, skipped } = again.totals
        const { tests: t, passed: p, failed: f, errors: e, skipped: s } = totals
        assert.deepEqual([tests, passed, failed, errors, skipped], [t, p, f, e, s])
        // A case without groups belongs to its file from then on.
        const grouped = cases.map((each) => (each.path.length > 1 ? each : withGroup(each)))
        assert.deepEqual(new Set(summary(again.cases)), new Set(summary(grouped)), to)
      }
      assert.ok(expected.size > 0)
    })
  }

  it('say that a report was cut off', () => {
    const cut = record([{ path: ['g', 'a'], status: 'passed', durationMs: 5 }], 'unit', false)
    assert.equal(cut.complete, false)
    assert.match(writeMarkdown(cut), /> a report ends too early/)
    assert.equal(sarifOf(cut).runs[0]?.invocations[0]?.executionSuccessful, false)
  })
})

const withGroup = (each: TestCase): TestCase => ({ ...each, path: [each.file ?? 'tests', ...each.path] })

describe('writeSarif', () => {
  const finding: TestCase = {
    path: ['headers', 'has no server name'],
    file: 'test/with space/headers.test.ts',
    status: 'failed',
    durationMs: 1,
    error: { message: 'Server: nginx', stack: 'Error: x\n    at /w/test/with space/headers.test.ts:12:5' },
  }

  it('writes each failure of a security suite as a result of its rule', () => {
    const sarif = sarifOf(record([finding, { ...finding, status: 'passed' }], 'security'))
    assertValidSarif(sarif)
    assert.deepEqual(
      sarif.runs[0]?.results.map(({ ruleId, message, locations }) => [
        ruleId,
        message.text,
        locations[0]?.physicalLocation,
      ]),
      [
        [
          'headers/has no server name',
          'Server: nginx',
          {
            artifactLocation: { uri: 'test/with%20space/headers.test.ts' },
            region: { startLine: 12 },
          },
        ],
      ],
    )
    assert.equal(sarif.runs[0]?.invocations[0]?.executionSuccessful, true)
  })

  it('leaves other kinds of suites out', () => {
    assert.deepEqual(sarifOf(record([finding])).runs[0]?.results, [])
  })

  it('suppresses what is in quarantine, and says what could not be told', () => {
    const made = record([{ ...finding, quarantined: 'accepted until May' }], 'security')
    assert.deepEqual(sarifOf(made).runs[0]?.results[0]?.suppressions, [
      { kind: 'external', justification: 'accepted until May' },
    ])
    const crashed = {
      ...made,
      suites: made.suites.map((suite) => Object.assign({}, suite, { status: 'crashed', cases: [] })),
    }
    const [invocation] = sarifOf(crashed).runs[0]?.invocations ?? []
    assert.deepEqual(
      [invocation?.executionSuccessful, invocation?.toolExecutionNotifications?.length],
      [false, 1],
    )
  })

  it('is valid for any record', () => {
    fc.assert(
      fc.property(arbitraryRecord, (any) => {
        const security = {
          ...any,
          suites: any.suites.map((suite) => Object.assign({}, suite, { kind: 'security' })),
        }
        assertValidSarif(sarifOf(security))
      }),
    )
  })
})

describe('writeMarkdown', () => {
  it('shows totals, failures and flakes, and lets no name break out', () => {
    const text = writeMarkdown(
      record([
        {
          path: ['a|b', 'x <script>'],
          status: 'failed',
          durationMs: 1500,
          error: { message: '```\n# not a heading' },
        },
        {
          path: ['a|b', 'places'],
          status: 'failed',
          durationMs: 0,
          error: { message: 'got 2', stack: 'at f (a.ts:3:4)' },
        },
        { path: ['a|b', 'again'], status: 'passed', durationMs: 1, attempts: 2 },
      ]),
    )
    assert.match(text, /^## ❌ Test results\n\n3 tests: 1 passed, 2 failed, 0 skipped, 1 flaky, 1\.50 s\.$/m)
    assert.match(text, /^\| a\\\|b \| 3 \| 1 \| 2 \| 0 \| 1\.50 s \|$/m)
    assert.match(text, /^\*\*a\\\|b › x &lt;script>\*\*$/m)
    assert.match(text, /^````\n```\n# not a heading\n````$/m)
    assert.match(text, /^```\ngot 2\nat f \(a\.ts:3:4\)\n```$/m)
    assert.match(text, /^- a\\\|b › again \(2 executions\)$/m)
  })

  it('is green when nothing failed, and has no line of its own for any text', () => {
    assert.match(writeMarkdown(record([])), /^## ✅ Test results\n\n0 tests/)
    fc.assert(
      fc.property(arbitraryRecord, (any) => {
        const outside = writeMarkdown(any).replaceAll(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
        const rows = outside.split('\n').filter((row) => row.startsWith('| '))
        assert.equal(rows.length, any.suites.length + 2)
      }),
    )
  })
})
