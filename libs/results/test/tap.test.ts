import assert from 'node:assert/strict'
import { type ReadResults, readResults } from '@muster/results'
import { bytes, fixture, summary } from './read.ts'

const read = (text: string): Promise<ReadResults> => readResults('tap', text)
const messages = ({ warnings }: ReadResults): string[] => warnings.map(({ message }) => message)

describe('TAP', () => {
  const ORACLE = {
    'node-test.tap': [
      'passed cart › adds an item',
      'failed cart › totals › of two [Expected values to be strictly equal:\n\n4 !== 3]',
      'skipped cart › later [needs a network]',
      'skipped cart › some day [todo: not written]',
    ],
    'node-tap.tap': [
      'passed test/cart.js › adds',
      'passed test/cart.js › deep › inner',
      'failed test/cart.js › deep › should be equal [should be equal]',
      'passed buffered › one',
      'passed buffered › two # hash',
    ],
  }
  for (const [name, expected] of Object.entries(ORACLE)) {
    it(`reads ${name}, whole and byte by byte`, async () => {
      const text = await fixture(name)
      const whole = await read(text)
      assert.deepEqual(summary(whole.cases), expected)
      assert.deepEqual([whole.complete, whole.warnings], [true, []])
      assert.deepEqual(await readResults('tap', bytes(text, 1)), whole)
      assert.deepEqual(await read(text.replaceAll('\n', '\r\n')), whole)
    })
  }

  it('takes message, stack, both sides, file and duration from the diagnostics', async () => {
    const text = await fixture('node-test.tap')
    const { cases } = await readResults('tap', text, { root: '/repo' })
    assert.deepEqual(cases[1], {
      path: ['cart', 'totals', 'of two'],
      file: 'test/cart.test.mjs',
      status: 'failed',
      durationMs: 2.5,
      error: {
        message: 'Expected values to be strictly equal:\n\n4 !== 3',
        stack:
          'TestContext.<anonymous> (file:///repo/test/cart.test.mjs:10:12)\nTest.run (node:internal/test_runner/test:1054:25)',
        expected: '3',
        actual: '4',
      },
    })
  })

  it('keeps a point that alone tells of a failure of its subtest', async () => {
    const result = await read(`TAP version 14
# Subtest: group
    ok 1 - fine
    1..1
not ok 1 - group
  ---
  failureType: 'hookFailed'
  error: 'after hook'
  ...
1..1
`)
    assert.deepEqual(summary(result.cases), ['passed group › fine', 'failed group [after hook]'])
  })

  it('names a subtest after the point that closes it', async () => {
    const result = await read(`TAP version 14
    ok 1 - a
        not ok 1 - deep
        1..1
    not ok 2 - inner
    1..2
not ok 1 - outer
1..1
`)
    assert.deepEqual(summary(result.cases), ['passed outer › a', 'failed outer › inner › deep [deep]'])
  })

  it('excuses failures below a point marked todo', async () => {
    const result = await read(`TAP version 14
# Subtest: later
    not ok 1 - a
    1..1
not ok 1 - later # TODO soon
not ok 2 - skipped one # SKIP no disk
ok 3 - passes already # TODO
1..3
`)
    assert.deepEqual(summary(result.cases), [
      'skipped later › a [todo: soon]',
      'skipped skipped one [no disk]',
      'skipped passes already [todo]',
    ])
  })

  it('tells a truncated stream by its plan', async () => {
    const short = await read('1..3\nok 1 - a\nnot ok 2 - b\n')
    assert.deepEqual(summary(short.cases), ['passed a', 'failed b [b]'])
    assert.deepEqual([short.complete, short.declared], [false, { tests: 3 }])
    assert.deepEqual(messages(short), ['planned 3 test points, but holds 2'])
    const planless = await read('TAP version 13\nok 1 - a\n')
    assert.deepEqual([planless.cases.length, planless.complete], [1, false])
    assert.deepEqual(messages(planless), ['has no plan after 1 test points: it may be cut off'])
  })

  it('warns of points beyond the plan and of repeated numbers', async () => {
    const result = await read('1..1\nok 1 - a\nok 1 - again\n')
    assert.equal(result.cases.length, 2)
    assert.match(messages(result).join('\n'), /planned 1 test points, but holds 2/)
    assert.match(messages(result).join('\n'), /appears multiple times \(again\)/)
  })

  it('stops at a bail out', async () => {
    const result = await read('1..3\nok 1 - a\nBail out! database is gone\nok 2 - never\n')
    assert.deepEqual(summary(result.cases), ['passed a'])
    assert.equal(result.complete, false)
    assert.deepEqual(result.warnings, [{ line: 3, message: 'bailed out: database is gone' }])
  })

  it('takes an empty plan for a finished run without tests', async () => {
    const result = await read('1..0 # SKIP not on this platform\n')
    assert.deepEqual([result.cases, result.complete, result.warnings], [[], true, []])
  })

  it('says when there is no TAP at all', async () => {
    for (const text of ['', 'Error: cannot find module\n    at x\n', '{"results": {}}']) {
      const result = await read(text)
      assert.deepEqual([result.cases, result.complete, messages(result)], [[], false, ['holds no TAP']])
    }
  })

  it('passes over other output', async () => {
    const result = await read('> build\n\nok 1 - a\n  debug: x\nlog line\nok 2 - b\n1..2\nbye\n')
    assert.deepEqual(summary(result.cases), ['passed a', 'passed b'])
    assert.deepEqual([result.complete, result.warnings], [true, []])
  })

  it('cuts a long line of YAML and still reads it', async () => {
    for (const [value, end] of [
      [`"${'x\\n'.repeat(9000)}"`, 'x…'],
      [`'${"it''s ".repeat(4000)}'`, '…'],
      [`|-\n    ${'y'.repeat(20_000)}`, 'y…'],
    ] as const) {
      const { cases, warnings } = await read(
        `1..1\nnot ok 1 - a\n  ---\n  error: ${value}\n  at: f.js:1:2\n  ...\n`,
      )
      assert.deepEqual(warnings, [])
      const [found] = cases
      assert.ok(found?.error?.message.endsWith(end), found?.error?.message.slice(-20))
      assert.equal(found?.file, 'f.js')
    }
  })

  it('bounds lines, indentation and diagnostics', async () => {
    const yaml = `  ---\n${'  line: x\n'.repeat(100_000)}  ...\n`
    const deep = Array.from(
      { length: 3000 },
      (_, depth) => `${' '.repeat(4 * depth)}# Subtest: d${depth}\n`,
    ).join('')
    const text = `ok 1 - ${'x'.repeat(3_000_000)}\n${deep}not ok 2 - yaml\n${yaml}ok 3 - last\n1..3\n`
    const result = await readResults('tap', bytes(text, 65_536))
    assert.equal(result.cases[0]?.path[0]?.length, 65_536 - 'ok 1 - '.length)
    assert.deepEqual(result.cases.at(-1)?.path, ['last'])
    assert.equal(result.complete, true)
  })

  it('shows odd diagnostics as text', async () => {
    const result = await read(`not ok 1 - a
  ---
  message: 12
  stack: { a: [1, 2] }
  found: null
  ...
not ok 2 - b
  ---
  just a string
  ...
1..2
`)
    assert.deepEqual(
      result.cases.map(({ error }) => error),
      [{ message: '12', stack: '{ a: [ 1, 2 ] }', actual: 'null' }, { message: 'just a string' }],
    )
  })

  it('lets no library talk between', async () => {
    const warned: unknown[] = []
    const before: unknown = Reflect.get(process, 'emitWarning')
    const listen = (warning: unknown): unknown => warned.push(warning)
    process.on('warning', listen)
    const result = await read('not ok 1 - a\n  ---\n  data: &odd: |\n    x\n  ...\n1..1\n')
    await new Promise(setImmediate)
    process.off('warning', listen)
    assert.equal(Reflect.get(process, 'emitWarning'), before)
    assert.equal(result.cases[0]?.status, 'failed')
    assert.deepEqual(warned, [])
  })
})
