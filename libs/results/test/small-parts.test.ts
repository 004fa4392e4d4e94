import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { detectFormat } from '@muster/results'
import { casePath } from '../src/junit/case-path.ts'
import { parseSeconds } from '../src/junit/parse-seconds.ts'
import { XmlGuard } from '../src/xml/xml-guard.ts'
import { xmlLegal } from '../src/xml/xml-text.ts'
import { WarningList } from '../src/warning-list.ts'
import { workspacePath } from '../src/workspace-path.ts'
import { fixture } from './read.ts'

describe('parseSeconds', () => {
  const TIMES: readonly (readonly [string, number | undefined])[] = [
    ['0.07', 70],
    ['1', 1000],
    ['1e-3', 1],
    ['1,234.5', 1_234_500],
    ['1,234,567.5', 1_234_567_500],
    ['1.234,5', 1_234_500],
    ['1,234', 1_234_000],
    ['0,123', 123],
    ['12,5', 12_500],
    [' 2.5 ', 2500],
    ['NaN', undefined],
    ['-1', undefined],
    ['Infinity', undefined],
    ['1e999', undefined],
    ['1.2.3', undefined],
    ['soon', undefined],
    ['.', undefined],
  ]
  for (const [text, expected] of TIMES) {
    it(`${JSON.stringify(text)} is ${expected} ms`, () => assert.equal(parseSeconds(text), expected))
  }
})

describe('casePath', () => {
  it('leaves out what another title already tells', () => {
    assert.deepEqual(casePath(['a.B'], 'a.B', 't'), ['a.B', 't'])
    assert.deepEqual(casePath(['a/b'], 'a.b', 't'), ['a.b', 't'])
    assert.deepEqual(casePath(['exe'], 'exe.global', 't'), ['exe.global', 't'])
    assert.deepEqual(casePath(['exe'], 'exec.global', 't'), ['exe', 'exec.global', 't'])
    assert.deepEqual(casePath(['g'], 't', 'g t'), ['g', 'g t'])
    assert.deepEqual(casePath(['C:\\app\\phpunit.xml', 's'], 'K', 't'), ['s', 'K', 't'])
    assert.deepEqual(casePath([], 'K', undefined), ['K'])
    assert.deepEqual(casePath([], undefined, ''), ['(unnamed test)'])
  })
})

describe('workspacePath', () => {
  it('is workspace-relative where that can be known', () => {
    assert.equal(workspacePath('src/a.ts', { dir: 'libs/x' }), 'libs/x/src/a.ts')
    assert.equal(workspacePath('../y/a.ts', { dir: 'libs/x' }), 'libs/y/a.ts')
    assert.equal(workspacePath('./a.ts', {}), 'a.ts')
    assert.equal(workspacePath('/repo/a.ts', { root: '/repo/' }), 'a.ts')
    assert.equal(workspacePath('file:///repo/a.ts', { root: '/repo' }), 'a.ts')
    assert.equal(workspacePath('C:\\repo\\a.ts', { root: 'C:\\repo' }), 'a.ts')
    assert.equal(workspacePath('/repository/a.ts', { root: '/repo' }), '/repository/a.ts')
    assert.equal(workspacePath(' ', {}), undefined)
  })
})

describe('detectFormat', () => {
  it('knows the fixtures from their first 200 characters', async () => {
    for (const [name, format] of [
      ['pytest.xml', 'junit'],
      ['surefire.xml', 'junit'],
      ['node-test.tap', 'tap'],
      ['playwright.ctrf.json', 'ctrf'],
    ] as const) {
      assert.equal(detectFormat((await fixture(name)).slice(0, 200)), format)
    }
  })

  it('knows the rest', () => {
    assert.equal(detectFormat('\uFEFF  <!-- <html> -->\n<testsuite/>'), 'junit')
    assert.equal(detectFormat('> npm test\n1..4\n'), 'tap')
    assert.equal(detectFormat('{"results":{"tool":{'), 'ctrf')
    for (const other of ['', 'hello', '<html>', '{"stats":{}}', 'okay then', '[]']) {
      assert.equal(detectFormat(other), undefined, other)
    }
  })
})

describe('xmlLegal', () => {
  it('makes visible what XML cannot hold, and changes nothing else', () => {
    assert.equal(xmlLegal('a\u001b\0\uD800😀\uFFFE\t\n'), 'a\\x1b\\x00\\ud800😀\\ufffe\t\n')
  })
})

describe('WarningList', () => {
  it('tells each message once with its times, and ends', () => {
    const list = new WarningList('f')
    for (let at = 0; at < 60; at++) list.add(`w${at % 55}`, { line: at })
    const warnings = list.list()
    assert.equal(warnings.length, 51)
    assert.deepEqual(warnings[0], { file: 'f', line: 0, message: 'w0 (2 times)' })
    assert.deepEqual(warnings.at(-1), { file: 'f', message: '5 further warnings' })
  })
})

describe('XmlGuard', () => {
  const PARTS = [
    '<a b="',
    "<a b='",
    '"',
    "'",
    '>',
    '/>',
    '</a>',
    '<![CDATA[',
    ']]>',
    ']',
    '<!--',
    '-->',
    '<?pi ',
    '?>',
    '&lt;',
    '&amp',
    ';',
    '😀',
    'text',
    '\n',
  ]

  it('passes a document within the limits through unchanged, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PARTS), { maxLength: 40 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (parts, sizes) => {
          const text = parts.join('')
          let out = ''
          const guard = new XmlGuard((piece) => (out += piece))
          for (let at = 0; at < text.length;) {
            const { value: size = 1 } = sizes.next()
            guard.feed(text.slice(at, at + size))
            at += size
          }
          guard.feed('', true)
          assert.equal(out, text)
          assert.equal(guard.droppedLines, 0)
        },
      ),
      { numRuns: 500 },
    )
  })
})
