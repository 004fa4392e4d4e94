import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { formatDiagnostic } from '@muster/graph'
import { SCHEDULING_DEFAULTS } from '@muster/model'
import { parseSuite } from '@muster/graph/parse'

const SOURCE = 'libs/a/suite.json'
const complaints = (text: string): string[] => parseSuite(text, SOURCE).diagnostics.map(formatDiagnostic)
const first = (text: string): string => complaints(text)[0] ?? 'no complaint'

const coverage = (written: unknown): unknown =>
  parseSuite(`{"name":"a","kind":"unit","coverage":${JSON.stringify(written)}}`, SOURCE).suite?.coverage

describe('parseSuite', () => {
  it('fills in the defaults of a minimal suite', () => {
    const { suite, diagnostics, name } = parseSuite('{"name": "a", "kind": "unit"}', SOURCE)
    assert.deepEqual(diagnostics, [])
    assert.equal(name, 'a')
    assert.deepEqual(suite, {
      id: 'a',
      kind: 'unit',
      priority: 'medium',
      dir: 'libs/a',
      source: SOURCE,
      runner: { name: 'mocha', options: {} },
      include: ['**/*.{test,spec}.{js,cjs,mjs,ts,cts,mts}'],
      exclude: [],
      covers: [],
      dependsOn: [],
      inputs: [],
      outputs: [],
      env: [],
      timeoutMs: 600_000,
      slowAfterMs: 60_000,
      isolation: 'auto',
      allowNoTests: false,
      ...SCHEDULING_DEFAULTS,
    })
  })

  it('reads everything that can be declared', () => {
    const { suite } = parseSuite(
      `{
        // comments and trailing commas are welcome
        "name": "@x/a", "kind": "chaos", "priority": "critical", "isolation": "process", "allowNoTests": true,
        "runner": { "name": "command", "command": "make", "results": { "format": "junit", "from": "file", "path": "*.xml" } },
        "dependsOn": ["b", { "suite": "c" }, { "kind": "unit" }], "timeout": "90s", "slowAfter": 500,
        "setUp": "up", "tearDown": "down", "env": ["PORT"],
      }`,
      'suite.json',
    )
    assert.ok(suite)
    assert.deepEqual(suite.runner, {
      name: 'command',
      command: 'make',
      results: { format: 'junit', from: 'file', path: '*.xml' },
    })
    assert.deepEqual(suite.dependsOn, [{ suite: 'b' }, { suite: 'c' }, { kind: 'unit' }])
    assert.deepEqual([suite.dir, suite.timeoutMs, suite.slowAfterMs], ['.', 90_000, 500])
    assert.deepEqual([suite.setUp, suite.tearDown, suite.env, suite.include], ['up', 'down', ['PORT'], []])
  })

  it('makes the exit code the one test case of a command that says nothing else', () => {
    const { suite } = parseSuite(
      '{"name":"a","kind":"unit","runner":{"name":"command","command":"x"}}',
      SOURCE,
    )
    assert.deepEqual(suite?.runner, { name: 'command', command: 'x', results: { format: 'exit-code' } })
  })

  it('points at an unknown field and says which was meant', () => {
    const [line, ...others] = complaints('{\n  "name": "a",\n  "knd": "unit"\n}')
    assert.match(
      line ?? '',
      /^libs\/a\/suite\.json:3:3 {2}\$\.knd {2}unknown field "knd", expected one of "\$schema", /,
    )
    assert.match(line ?? '', /; did you mean "kind"\?$/)
    assert.deepEqual(others, [], 'the missing "kind" is the same mistake')
  })

  const pointed: [string, RegExp][] = [
    ['{"name":"a"}', /:1:1 {2}\$\.kind {2}this field is missing, expected one of "unit", /],
    [
      '{"name":"a","kind":"unti"}',
      /:1:20 {2}\$\.kind {2}unknown value, .* found "unti"; did you mean "unit"\?$/,
    ],
    ['{"name":"a","kind":"unit","priority":"hihg"}', /\$\.priority .* did you mean "high"\?$/],
    [
      '{"name":"a","kind":"unit","dependsOn":["b",\n{"knd":"unit"}]}',
      /:2:2 {2}\$\.dependsOn\[1\]\.knd {2}unknown field "knd", expected one of "kind", "suite"; did you mean "kind"\?$/,
    ],
    [
      '{"name":"a","kind":"unit","dependsOn":[{"kind":"unti"}]}',
      /\$\.dependsOn\[0\]\.kind .* did you mean "unit"\?$/,
    ],
    [
      '{"name":"a","kind":"unit","dependsOn":[{"suite":"x","kind":"unit"}]}',
      /the field "\w+" can't be combined with its neighbours$/,
    ],
    [
      '{"name":"a","kind":"unit","dependsOn":[3]}',
      /wrong type, expected one of a string, an object, found 3$/,
    ],
    [
      '{"name":"a","kind":"unit","runner":"mocah"}',
      /\$\.runner {2}unknown value, expected one of "mocha", .*, found "mocah"; did you mean "mocha"/,
    ],
    [
      '{"name":"a","kind":"unit","runner":{"name":"comand"}}',
      /\$\.runner\.name .* did you mean "command"\?$/,
    ],
    [
      '{"name":"a","kind":"unit","runner":{"name":"command","comand":"x"}}',
      /\$\.runner\.comand .* did you mean "command"\?$/,
    ],
    [
      '{"name":"a","kind":"unit","timeout":"5 minutes"}',
      /\$\.timeout .* such as "90s".*, found "5 minutes"$/,
    ],
    ['{"name":"a","kind":"unit","exclude":"x"}', /\$\.exclude {2}wrong type, expected an array, found "x"$/],
    ['{"name":"a","kind":"unit","name":"b"}', /:1:27 {2}\$\.name {2}the field "name" is given twice$/],
    ['{"name":"a","kind":"unit","__proto__":{"x":1}}', /\$\.__proto__ {2}unknown field "__proto__"$/],
    ['[]', /:1:1 {2}\$ {2}wrong type, expected an object, found \[\]$/],
  ]
  for (const [text, expected] of pointed)
    it(`of ${text} complains at the place`, () => assert.match(first(text), expected))

  const broken: [string, RegExp][] = [
    ['', /:1:1 {2}\$ {2}the file is empty$/],
    ['{\n  "name": "a"\n  "kind": "unit"\n}', /:3:3 {2}\$ {2}broken JSON: a comma is missing before this$/],
    ['{\n  "name": "a",\n', /:3:1 .* a property name in double quotes is missing here$/],
    ['{"name" "a"}', /:1:9 .* a colon is missing before this$/],
    ['{"name": "a}', /:1:10 .* this string has no end$/],
    [`{"name": ${'['.repeat(100_000)}`, /nested deeper than 100 levels$/],
    [`"${'x'.repeat(1_000_001)}"`, /longer than 1000000 characters$/],
  ]
  for (const [text, expected] of broken) {
    it(`of ${JSON.stringify(text.slice(0, 40))} says where it is broken`, () => {
      assert.equal(complaints(text).length, 1)
      assert.match(first(text), expected)
    })
  }

  it('counts columns after a byte order mark as an editor does', () => {
    assert.match(first('\uFEFF{"name":"a","kind":"unit","x":1}'), /:1:27 {2}\$\.x/)
  })

  it('keeps the name of a suite that is otherwise unusable', () => {
    const { suite, name } = parseSuite('{"name":"a","kind":"x"}', SOURCE)
    assert.equal(suite, undefined)
    assert.equal(name, 'a')
    assert.equal(parseSuite('{"name":"../a","kind":"x"}', SOURCE).name, undefined)
  })

  const unsupported: [string, unknown][] = [
    ['environment', 'docker'],
    ['services', [{ name: 'db', image: 'x' }]],
  ]
  for (const [field, value] of unsupported) {
    it(`warns of ${field}, which has no effect yet, and uses the suite`, () => {
      const text = `{"name":"a","kind":"unit",\n"${field}":${JSON.stringify(value)}}`
      const { suite, diagnostics } = parseSuite(text, SOURCE)
      assert.ok(suite)
      assert.deepEqual(
        diagnostics.map(({ severity, line, column, path }) => [severity, line, column, path]),
        [['warning', 2, 1, `$.${field}`]],
      )
      assert.match(formatDiagnostic(diagnostics[0]!), /warning: .* is not supported yet and has no effect$/)
    })
  }

  it('fills in what coverage leaves open', () => {
    assert.equal(coverage(false), undefined)
    assert.deepEqual(coverage(true), { exclude: [], thresholds: {}, files: [] })
    const whole = {
      include: ['libs/a/**'],
      exclude: ['**/b'],
      thresholds: { lines: 80.5 },
      files: ['out/*.info'],
    }
    assert.deepEqual(coverage(whole), whole)
    assert.equal(coverage({ thresholds: { lines: 101 } }), undefined)
  })

  it("doesn't warn of values that ask for nothing", () => {
    const text = '{"name":"a","kind":"unit","environment":"local","coverage":false}'
    assert.deepEqual(complaints(text), [])
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ':',
          ',',
          '\\',
          '/*',
          '//',
          '\n',
          '"name"',
          '"kind"',
          'null',
          '1e9',
        ),
      )
      .map((parts) => parts.join('')),
  )
  it('never throws, whatever the text, and always gives a suite or an error', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { suite, diagnostics } = parseSuite(text, SOURCE)
        assert.ok(suite !== undefined || diagnostics.some(({ severity }) => severity === 'error'))
        for (const each of diagnostics) assert.ok(each.line >= 1 && each.column >= 1)
      }),
      { numRuns: 500 },
    )
  })

  it('points into the text, whatever is wrong with a field', () => {
    const field = fc.constantFrom(
      'kind',
      'runner',
      'dependsOn',
      'covers',
      'timeout',
      'requires',
      'services',
      'flaky',
      'limits',
      'retries',
      'shards',
      'weight',
      'halt',
      'x',
    )
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (fields) => {
        const text = JSON.stringify({ name: 'a', kind: 'unit', ...fields }, null, 2)
        const lines = text.split('\n')
        for (const each of parseSuite(text, SOURCE).diagnostics) {
          const line = lines[each.line - 1]
          assert.ok(line !== undefined && each.column <= line.length, formatDiagnostic(each))
        }
      }),
      { numRuns: 500 },
    )
  })
})
