import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { collectCoverage, type Collected } from '../src/collect-coverage.ts'
import { fileTotals } from '../src/totals.ts'
import { withFolder } from './support.ts'

const A = 'export const a = (n) => (n ? 1 : 2)\n'
const FILES = {
  'lib/package.json': '{"name":"lib"}',
  'lib/src/a.js': A,
  'lib/src/b.ts': 'export function b(): number {\n  return 1\n}\n',
  'lib/src/types.ts': 'export type T = string\n',
  'lib/src/a.test.js': 'a()\n',
  'lib/src/tool.py': 'x = 1\ny = 2\n',
  'lib/test/helper.js': 'help()\n',
  'lib/inner/src/c.js': 'c()\n',
  'go/calc/calc.go': 'package calc\n',
}

const at = (line: number, column: number): object => ({
  start: { line, column },
  end: { line, column: column + 1 },
})

/** What Istanbul would say of `a.js`, with the second way never taken; its places as another instrumenter sets them. */
const ISTANBUL = (root: string): string => {
  const file = {
    path: path.join(root, 'lib/src/a.js'),
    statementMap: { 0: at(1, 17), 1: at(1, 24) },
    fnMap: {},
    branchMap: { 0: { type: 'cond-expr', loc: at(1, 25), locations: [at(1, 29), at(1, 33)] } },
    s: { 0: 1, 1: 3 },
    f: {},
    b: { 0: [3, 0] },
  }
  return JSON.stringify({ [file.path]: file })
}

const collect = (root: string, more: object = {}): Promise<Collected> =>
  collectCoverage({
    root,
    dir: 'suites/lib',
    folders: [path.join(root, 'left')],
    files: [],
    scope: { roots: ['lib'], notRoots: ['lib/inner'], exclude: [] },
    ...more,
  })

describe('collecting', () => {
  it('counts every source file of the covered project, and nothing else', () =>
    withFolder(FILES, async (root) => {
      const { coverage, read } = await collect(root)
      assert.deepEqual([...coverage.keys()], ['lib/src/a.js', 'lib/src/b.ts'])
      assert.equal(read, 0)
      for (const file of coverage.values()) assert.equal(fileTotals(file).statements.covered, 0)
    }))

  it('adds up any mix of formats, whatever they are called', () =>
    withFolder(
      {
        ...FILES,
        'left/deep/one': 'SF:lib/src/b.ts\nDA:2,4\nend_of_record\n',
        'left/two.txt': JSON.stringify({
          meta: {},
          files: { 'src/tool.py': { executed_lines: [1], missing_lines: [2] } },
        }),
        'left/three.xml':
          '<coverage><packages><package><classes><class filename="lib/src/b.ts"><lines><line number="2" hits="1"/></lines></class></classes></package></packages></coverage>',
        'left/notes.md': '# no coverage',
      },
      async (root) => {
        await withFolder({ 'cov.json': ISTANBUL(root) }, async (other) => {
          const folders = [path.join(root, 'left'), other]
          const { coverage, read, warnings } = await collect(root, { folders, dir: 'lib' })
          assert.deepEqual([read, warnings], [4, []])
          assert.deepEqual(fileTotals(coverage.get('lib/src/a.js')!).branches, { covered: 1, total: 2 })
          // By its own structure, not the tool's, of which it has one statement more.
          assert.equal(fileTotals(coverage.get('lib/src/a.js')!).statements.covered, 2)
          assert.deepEqual(coverage.get('lib/src/b.ts')?.statements, [5])
          assert.deepEqual(fileTotals(coverage.get('lib/src/tool.py')!).lines, { covered: 1, total: 2 })
        })
      },
    ))

  it("finds a command's own files, and Go's import paths", () =>
    withFolder(
      { ...FILES, 'go/cover.out': 'mode: set\nexample.com/x/calc/calc.go:1.1,1.9 1 1\n' },
      async (root) => {
        const scope = { roots: ['go'], notRoots: [], exclude: [] }
        const { coverage } = await collect(root, { dir: 'go', folders: [], files: ['*.out'], scope })
        assert.deepEqual([...coverage.keys()], ['go/calc/calc.go'])
      },
    ))

  it('obeys include and exclude, and follows no link out of the workspace', () =>
    withFolder(FILES, async (root) => {
      symlinkSync('/', path.join(root, 'lib/src/root'))
      const scope = {
        roots: ['lib'],
        notRoots: [],
        include: ['lib/**/*.{js,ts}'],
        exclude: ['**/test/**', '**/b.ts'],
      }
      const { coverage } = await collect(root, { scope })
      assert.deepEqual([...coverage.keys()], ['lib/inner/src/c.js', 'lib/src/a.js', 'lib/src/a.test.js'])
    }))

  it('says which file is broken, and where', () =>
    withFolder(
      { ...FILES, 'left/a.info': 'SF:lib/src/b.ts\nDA:2,1\nwhat\nend_of_record\n' },
      async (root) => {
        const { warnings, coverage } = await collect(root)
        assert.deepEqual(warnings, ['left/a.info:3: "what" is no record of lcov'])
        assert.deepEqual(coverage.get('lib/src/b.ts')?.statements, [1])
      },
    ))
})
