import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fromIstanbul } from '../src/istanbul.ts'
import { readSource } from '../src/source/read-source.ts'
import type { Range, Structure } from '../src/structure.ts'
import { FIXTURES, instrumenter } from './support.ts'

const at = (range: Range): string => range.join(':')

const places = ({ statements, functions, branches }: Structure): string[] =>
  [
    ...statements.map((each) => `statement ${at(each)}`),
    ...functions.map(({ declaration, body }) => `function ${at(declaration)} ${at(body)}`),
    ...branches.map((each) => `${each.type} ${at(each.at)} ${each.ways.map(at).join(' ')}`),
  ].toSorted()

const read = (text: string): Structure => {
  const source = readSource('a.ts', text)
  if (!source) throw new Error('it was not read')
  return source.structure
}

describe('the structure of a file', () => {
  it("is Istanbul's, for the fixture and for our own files", () => {
    const istanbul = instrumenter()
    const own = path.join(FIXTURES, '../../src')
    const files = readdirSync(own, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(source|v8|diff)\/.*\.ts$/.test(name))
      .map((name) => path.join(own, name))
    for (const file of [...files, path.join(FIXTURES, 'every-construct.ts')]) {
      // Istanbul has no word for private methods, and leaves them uncounted.
      const text = readFileSync(file, 'utf8').replaceAll(/#(?=\w+\()/g, '_')
      istanbul.instrumentSync(text, file)
      const expected = places(fromIstanbul(istanbul.lastFileCoverage()).structure)
      assert.deepEqual(places(read(text)), expected, file)
    }
  })

  it('has private methods, with the names that people know', () => {
    const { functions } = read(
      'class A { #one() { return 1 }; two = () => 2; get three() { return 3 } }\nconst four = () => 4\nfour(() => 5)',
    )
    assert.deepEqual(
      functions.map(({ name }) => name),
      ['one', 'two', 'three', 'four', '(anonymous_4)'],
    )
  })

  it('leaves out what comments ask to leave out', () => {
    const lines = (text: string): number[] => read(text).statements.map(([line]) => line)
    assert.deepEqual(lines('a()\n/* istanbul ignore next */\nb()\nc()'), [1, 4])
    assert.deepEqual(
      lines('a()\n/* v8 ignore start */\nb()\nfunction f() { c() }\n/* v8 ignore stop */\nd()'),
      [1, 6],
    )
    assert.deepEqual(lines('a()\n/* c8 ignore next -- @preserve */ // why\nfunction f() { b() }'), [1])
    assert.equal(read('/* istanbul ignore else */\nif (a) b()').branches[0]?.ways.length, 1)
    assert.equal(readSource('a.ts', '/* istanbul ignore file */\na()'), undefined)
  })

  it('is unknown of what is no script', () => {
    assert.equal(readSource('a.ts', 'const = 1'), undefined)
    assert.deepEqual(read('export interface A { readonly b: string }\nexport type C = A'), {
      statements: [],
      functions: [],
      branches: [],
    })
  })
})
