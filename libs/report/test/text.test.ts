import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { compactDiff, diffLines } from '../src/text/diff-lines.ts'
import { displayWidth, fitWidth } from '../src/text/display-width.ts'
import { formatAgo, formatDuration } from '../src/text/format-duration.ts'
import { plainLine, plainText } from '../src/text/plain-text.ts'
import { frameText, shortStack } from '../src/text/short-stack.ts'

describe('durations', () => {
  const cases: readonly [number, string][] = [
    [0, '0 ms'],
    [63.4, '63 ms'],
    [99.7, '0.10 s'],
    [410, '0.41 s'],
    [9_996, '10.0 s'],
    [12_400, '12.4 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_720_000, '1 h 02 min'],
    [Number.NaN, '0 ms'],
    [-5, '0 ms'],
  ]
  for (const [ms, text] of cases) it(`${ms} ms reads ${text}`, () => assert.equal(formatDuration(ms), text))

  it('tells how long ago', () => {
    const now = 1e12
    const ago = (minutes: number): string => formatAgo(now - minutes * 60_000, now)
    assert.deepEqual([0, 5, 120, 47 * 60, 72 * 60].map(ago), [
      'just now',
      '5 min ago',
      '2 h ago',
      '47 h ago',
      '3 days ago',
    ])
    assert.equal(formatAgo(now + 9e9, now), 'just now')
  })
})

describe('diff', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'))

  it('holds both sides, in order', () => {
    fc.assert(
      fc.property(text, text, (expected, actual) => {
        const diff = diffLines(expected, actual)
        const side = (without: string): string =>
          diff
            .filter((line) => line.type !== without)
            .map((line) => line.text)
            .join('\n')
        assert.equal(side('actual'), expected)
        assert.equal(side('expected'), actual)
      }),
    )
  })

  it('changes nothing in equal texts', () => {
    fc.assert(fc.property(text, (same) => diffLines(same, same).every((line) => line.type === 'same')))
  })

  it('keeps context around changes and marks the gaps', () => {
    const expected = ['1', '2', '3', '4', '5', '6', '7'].join('\n')
    const lines = compactDiff(diffLines(expected, expected.replace('4', 'x')), 1)
    assert.deepEqual(
      lines.map((line) => line.text),
      ['⋯', '3', '4', 'x', '5', '⋯'],
    )
  })
})

describe('plain text', () => {
  it('holds no escape, control or direction characters', () => {
    const hostile = fc
      .array(
        fc.constantFrom('a', '\u001B[31m', '\u001B]0;t\u0007', '\r', '\n', '\t', '\u202E', '\u009B2J', '\0'),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(hostile, (text) => {
        // oxlint-disable-next-line no-control-regex
        assert.doesNotMatch(plainText(text), /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
        assert.doesNotMatch(plainLine(text), /\n/)
      }),
    )
  })

  it('is cut to the columns it takes', () => {
    assert.equal(displayWidth('日本e\u0301🎉'), 7)
    assert.equal(fitWidth('日本語', 5), '日本…')
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(20),
        (text, width) => displayWidth(fitWidth(text, width)) <= width,
      ),
    )
  })
})

describe('stacks', () => {
  const stack = [
    'Error: boom',
    '    at Context.<anonymous> (file:///home/ada/shop/libs/cart/a%20b.test.ts:48:12)',
    '    at /home/ada/shop/libs/cart/src/total.ts:12:9',
    '    at callFn (/home/ada/shop/node_modules/mocha/lib/runnable.js:366:21)',
    '    at process.processImmediate (node:internal/timers:483:21)',
  ].join('\n')

  it('keep the workspace’s own frames, with short paths', () => {
    assert.deepEqual(shortStack(stack, '/home/ada/shop').map(frameText), [
      'at Context.<anonymous> (libs/cart/a b.test.ts:48:12)',
      'at libs/cart/src/total.ts:12:9',
    ])
  })

  it('show foreign frames rather than none', () => {
    assert.equal(shortStack(stack.split('\n').slice(3).join('\n'), '/home/ada/shop')[0]?.name, 'callFn')
  })
})
