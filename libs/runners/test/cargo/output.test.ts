import assert from 'node:assert/strict'
import type { TestCase } from '@muster/model'
import * as fc from 'fast-check'
import { packageName, selectTargets, targetId } from '../../src/cargo/cargo-target.ts'
import { LibtestBlock, type LibtestCase } from '../../src/cargo/libtest-block.ts'
import { createReader } from '../../src/cargo/nextest-reader.ts'
import { failureOf } from '../../src/cargo/panic-error.ts'
import type { UnitMessage } from '../../src/index.ts'

interface Printed {
  readonly name: string
  readonly verdict: 'ok' | 'FAILED' | 'ignored'
  readonly said: string
}

/** As libtest prints it. */
function print(tests: readonly Printed[]): string[] {
  const failed = tests.filter(({ verdict }) => verdict === 'FAILED')
  const count = (verdict: string): number => tests.filter((each) => each.verdict === verdict).length
  const details = failed.flatMap(({ name, said }) => [`---- ${name} stdout ----`, ...said.split('\n'), ''])
  const names = failed.map(({ name }) => `    ${name}`)
  return [
    ...tests.map(({ name, verdict }) => `test ${name} ... ${verdict}`),
    ...(failed.length > 0 ? ['', 'failures:', '', ...details, '', 'failures:', ...names] : []),
    '',
    `test result: ${failed.length > 0 ? 'FAILED' : 'ok'}. ${count('ok')} passed; ${failed.length} failed; ${count('ignored')} ignored; 0 measured; 0 filtered out; finished in 0.00s`,
  ]
}

function read(lines: readonly string[]): { cases: LibtestCase[]; block: LibtestBlock } {
  const cases: LibtestCase[] = []
  const block = new LibtestBlock(0, (test) => cases.push(test))
  for (const line of lines) block.line(line)
  return { cases, block }
}

describe('LibtestBlock', () => {
  const WORDS = { passed: 'ok', failed: 'FAILED', skipped: 'ignored' } as const

  it('reads back whatever libtest prints', () => {
    const name = fc.stringMatching(/^[a-z]\w{0,5}(::[a-z]\w{0,5}){0,2}$/)
    const said = fc
      .stringMatching(/^[ -~\n]{0,40}$/)
      .filter((text) => !/^(?:----|failures:|test )/m.test(text))
    const test = fc.record({
      name,
      verdict: fc.constantFrom('ok', 'FAILED', 'ignored'),
      said,
    }) as fc.Arbitrary<Printed>
    fc.assert(
      fc.property(fc.uniqueArray(test, { selector: (each) => each.name, maxLength: 8 }), (tests) => {
        const { cases, block } = read(print(tests))
        assert.deepEqual(
          cases.map((each) => `${each.name} ${WORDS[each.status]}`).sort(),
          tests.map((each) => `${each.name} ${each.verdict}`).sort(),
        )
        assert.deepEqual(block.told, block.counts)
        for (const { name: of, said: text } of tests) {
          const { stack = '', message = '' } = cases.find((each) => each.name === of)?.error ?? {}
          if (cases.find((each) => each.name === of)?.status === 'failed' && text.trim() !== '')
            assert.ok(`${stack}\n${message}`.includes(text.trim()))
        }
      }),
    )
  })

  it('finds a verdict behind what a test alone in its thread has printed', () => {
    const { cases, block } = read(['test a ... printed', 'more', 'ok', 'test b ... '])
    assert.deepEqual(cases, [{ name: 'a', status: 'passed', durationMs: 0 }])
    assert.equal(block.running, 'b')
  })

  it('knows what is added to names and verdicts', () => {
    const { cases } = read([
      'test a - should panic ... ok',
      'test src/lib.rs - f (line 9) - compile fail ... ok',
      'test slow ... ignored, takes long',
      'test bench ... bench:          12 ns/iter (+/- 1)',
      'test timed ... ok <0.003s>',
    ])
    assert.deepEqual(
      cases.map(({ name }) => name),
      ['a', 'src/lib.rs - f (line 9)', 'slow', 'bench', 'timed'],
    )
    assert.equal(cases[2]?.skipReason, 'takes long')
  })
})

describe('failureOf', () => {
  it('reads panics as older Rust tells them', () => {
    const lines = [
      `said`,
      `thread 'a' panicked at 'no ''luck''', src/lib.rs:3:5`,
      'note: run with `RUST_BACKTRACE=1`',
    ]
    const { error, stdout } = failureOf(lines)
    assert.deepEqual([error.message, stdout], [`no ''luck''`, 'said'])
    assert.match(error.stack ?? '', /src\/lib\.rs:3:5/)
  })

  it('cuts what is endless', () => {
    const { error } = failureOf(["thread 'a' panicked at src/lib.rs:1:1:", 'x'.repeat(1e6)])
    assert.ok(error.message.length < 40_000 && (error.stack?.length ?? 0) < 40_000)
  })
})

describe('targets of cargo', () => {
  it('knows packages by all that cargo has called them', () => {
    assert.equal(packageName('path+file:///home/me/shop#0.1.0'), 'shop')
    assert.equal(packageName('path+file:///home/me/shop#cart@0.1.0'), 'cart')
    assert.equal(packageName('cart 0.1.0 (path+file:///home/me/shop)'), 'cart')
    assert.equal(packageName('registry+https://example.test/index#cart@1.0.0-rc.1'), 'cart')
  })

  it('chooses by ids, unless documentation and others are to run together', () => {
    const ids = [
      ['lib', 'x'],
      ['test', 'it'],
      ['bin', 'b'],
      ['test', 'it'],
    ].map(([kind, name]) => targetId('p', kind!, name!))
    assert.deepEqual(selectTargets(ids), ['--lib', '--test', 'it', '--bin', 'b'])
    assert.deepEqual(selectTargets(['p::doc']), ['--doc'])
    assert.equal(selectTargets(['p::doc', 'p']), undefined)
  })
})

const follow = (lines: readonly string[], code: number, cases?: readonly { path: readonly string[] }[]) => {
  const messages: UnitMessage[] = []
  const reader = createReader({ root: '/w', ...(cases && { cases }) }, (message) => messages.push(message))
  for (const line of lines) reader.line(line)
  reader.errorLine?.('error[E0425]: cannot find function')
  reader.end({ code, signal: null })
  const told = messages.flatMap((message): TestCase[] => (message.type === 'case' ? [message.case] : []))
  return { told, last: messages.at(-1) }
}

describe('nextest reader', () => {
  /** In the form of version 0.9: documented by its source. */
  const EVENTS = [
    '{"type":"suite","event":"started","test_count":3,"nextest":{"crate":"shop","test_binary":"shop","kind":"lib"}}',
    '{"type":"test","event":"started","name":"shop::shop$tests::ok"}',
    '{"type":"test","event":"ok","name":"shop::shop$tests::ok","exec_time":0.0034}',
    '{"type":"test","event":"ignored","name":"shop::shop$tests::later"}',
    '{"type":"suite","event":"started","test_count":3,"nextest":{"crate":"shop","test_binary":"it","kind":"test"}}',
    '{"type":"test","event":"ok","name":"shop::it$flaky#2","exec_time":0.1}',
    String.raw`{"type":"test","event":"failed","name":"shop::it$fails","exec_time":0.2,"stdout":"thread 'fails' panicked at tests/it.rs:2:5:\nassertion ${'`'}left == right${'`'} failed\n  left: 1\n right: 2"}`,
    '{"type":"test","event":"failed","name":"shop::it$hangs","exec_time":60.0,"reason":"time limit exceeded"}',
    '{"type":"suite","event":"failed","passed":2,"failed":2,"ignored":1,"measured":0,"filtered_out":0,"exec_time":1.0}',
  ]

  it('tells cases under the names that nextest has for their binaries', () => {
    const { told, last } = follow(EVENTS, 100)
    assert.deepEqual(
      told.map(({ path, status, attempts, durationMs }) => [path.join(' › '), status, attempts, durationMs]),
      [
        ['shop › tests::ok', 'passed', undefined, 3.4],
        ['shop › tests::later', 'skipped', undefined, 0],
        ['shop::it › flaky', 'passed', 2, 100],
        ['shop::it › fails', 'failed', undefined, 200],
        ['shop::it › hangs', 'failed', undefined, 60_000],
      ],
    )
    assert.deepEqual([told[3]?.error?.actual, told[3]?.error?.expected], ['1', '2'])
    assert.equal(told[4]?.error?.message, 'time limit exceeded')
    assert.deepEqual(last, { type: 'end', counts: { passed: 2, failed: 2, skipped: 1 } })
  })

  it('tells only what a rerun asks for', () => {
    const { told, last } = follow(EVENTS.slice(0, 6), 0, [{ path: ['shop::it', 'flaky'] }])
    assert.deepEqual(
      told.map(({ path }) => path[1]),
      ['flaky'],
    )
    assert.deepEqual(last, { type: 'end', counts: { passed: 1, failed: 0, skipped: 0 } })
  })

  it('has no result when nothing was built', () => {
    assert.deepEqual(follow([], 101).last, { type: 'error', message: 'error[E0425]: cannot find function' })
  })
})
