import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readCoverageFile, type CoverageContent } from '../src/formats/read-coverage-file.ts'
import { lineHits } from '../src/line-coverage.ts'
import type { FileCoverage } from '../src/structure.ts'

type Files = Extract<CoverageContent, { type: 'files' }>

function read(text: string): Files {
  const content = readCoverageFile(text)
  assert.ok(content.type === 'files')
  return content
}

const only = (text: string): FileCoverage => {
  const { files, warnings } = read(text)
  assert.deepEqual([files.length, warnings], [1, []])
  return files[0]![1]
}

const lines = (file: FileCoverage): object => Object.fromEntries(lineHits(file))

const LCOV = `TN:suite
SF:src/a.ts
FN:1,5,first
FN:7,second
FNDA:2,first
FNDA:0,second
DA:1,2
DA:2,0,checksum
BRDA:2,0,0,1
BRDA:2,0,1,-
LF:2
LH:1
end_of_record
`

const COBERTURA = `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage><sources><source>.</source></sources><packages><package name="p"><classes>
<class name="A" filename="src/a.py"><methods><method name="m"><lines><line number="2" hits="3"/></lines></method></methods>
<lines><line number="2" hits="3"/><line number="4" hits="0" branch="true" condition-coverage="50% (1/2)"/></lines></class>
<class name="B" filename="src/a.py"><lines><line number="9" hits="1"/></lines></class>
</classes></package></packages></coverage>`

const GO = `mode: count
example.com/m/a.go:3.20,5.2 2 7
example.com/m/a.go:6.20,8.3 1 0
`

const COVERAGE_PY = JSON.stringify({
  meta: { format: 3 },
  files: {
    'pkg/a.py': {
      executed_lines: [1, 2],
      missing_lines: [4],
      executed_branches: [[2, 4]],
      missing_branches: [[2, -1]],
    },
  },
})

describe('coverage formats', () => {
  it('lcov: lines, functions and branches', () => {
    const file = only(LCOV)
    assert.deepEqual(lines(file), { 1: 2, 2: 0 })
    assert.deepEqual(
      file.structure.functions.map(({ name, declaration: [line] }, index) => [
        name,
        line,
        file.functions[index],
      ]),
      [
        ['first', 1, 2],
        ['second', 7, 0],
      ],
    )
    assert.deepEqual(file.branches, [[1, 0]])
  })

  it('lcov 2 numbers its functions', () => {
    const file = only('SF:a.c\nFNL:0,3,9\nFNA:0,4,main\nDA:3,4\nend_of_record\n')
    assert.deepEqual([file.structure.functions[0]?.name, file.functions], ['main', [4]])
  })

  it('cobertura: the classes of a file are put together', () => {
    const { files, warnings } = read(COBERTURA)
    assert.deepEqual([files.map(([path]) => path), warnings], [['src/a.py'], []])
    const [, file] = files[0]!
    assert.deepEqual(lines(file), { 2: 3, 4: 0, 9: 1 })
    assert.deepEqual([file.structure.functions[0]?.name, file.functions, file.branches], ['m', [3], [[1, 0]]])
  })

  it('a cover profile of Go: the lines of its blocks', () => {
    assert.deepEqual(lines(only(GO)), { 3: 7, 4: 7, 6: 0, 7: 0, 8: 0 })
  })

  it('coverage.py: what ran, and where it jumped', () => {
    const file = only(COVERAGE_PY)
    assert.deepEqual(lines(file), { 1: 1, 2: 1, 4: 0 })
    assert.deepEqual(file.branches, [[0, 1]])
  })

  it('keep what is whole, and say where they are broken', () => {
    const cases = [
      [LCOV.replace('DA:1,2', 'DA:one,2'), 1, [{ line: 7, message: '"DA:one,2" is no record of lcov' }]],
      [LCOV.slice(0, LCOV.indexOf('LF:')), 1, [{ message: 'it is cut off: the last record has no end' }]],
      [`${GO}what?\n`, 1, [{ line: 4, message: '"what?" is no block' }]],
      ['{"result": [', 0, undefined],
      ['{"a": {"path": "a", "statementMap": 1}}', 0, undefined],
    ] as const
    for (const [text, files, warnings] of cases) {
      const content = read(text)
      assert.equal(content.files.length, files, text)
      if (warnings) assert.deepEqual(content.warnings, warnings)
      else assert.equal(content.warnings.length, 1, text)
    }
    const cut = read(COBERTURA.slice(0, COBERTURA.indexOf('<class name="B"')))
    assert.deepEqual([cut.files.length, cut.warnings.length], [1, 1])
    assert.ok((cut.warnings[0]?.line ?? 0) >= 5)
  })

  it('cobertura refuses entities and endless depth', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "c">]><coverage/>'
    assert.match(read(bomb).warnings[0]?.message ?? '', /declares entities/)
    const deep = '<a>'.repeat(1000)
    assert.match(read(deep).warnings[0]?.message ?? '', /nested over 64 deep/)
  })

  it('never throw, whatever they are given', () => {
    const pieces = fc.constantFrom(
      ...LCOV.split('\n'),
      ...GO.split('\n'),
      ...COBERTURA.split(/(?=<)/),
      'mode: set',
      '{',
      '}',
      '"result":[{"url":"file:///a","functions":[]}]',
      'SF:',
      'BRDA:1,,,',
    )
    const mixed = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }).map((all) => all.join('\n'))
    fc.assert(
      fc.property(fc.oneof(mixed, fc.json()), (text) => void readCoverageFile(text)),
      { numRuns: 500 },
    )
  })
})
