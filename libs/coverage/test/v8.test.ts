import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { fromIstanbul } from '../src/istanbul.ts'
import { mergeFile } from '../src/merge-coverage.ts'
import { PathFinder } from '../src/path-finder.ts'
import { SourceCache } from '../src/source/source-cache.ts'
import type { FileCoverage } from '../src/structure.ts'
import { V8Reader } from '../src/v8/read-v8.ts'
import type { V8Report } from '../src/v8/v8-types.ts'
import { FIXTURES, instrumenter, namedCounts, runFile, runForV8, withFolder } from './support.ts'

const TEXT = readFileSync(path.join(FIXTURES, 'every-construct.ts'), 'utf8')
const OPTIONS = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
const MODULE = '{"type":"module"}'

function read(root: string, name: string, report: V8Report): FileCoverage {
  const reader = new V8Reader(new PathFinder(root, '.'), new SourceCache(root), new Set([name]))
  const all = reader.read(report)
  assert.deepEqual(
    all.map(([file]) => file),
    [name],
  )
  return all[0]![1]
}

/** What the same text says of itself when Istanbul's counters are put into it. */
function istanbulCounts(root: string, text: string): Map<string, number> {
  const istanbul = instrumenter()
  const out = path.join(root, 'counts.json')
  const told = `process.on('exit', () => writeFileSync(${JSON.stringify(out)}, JSON.stringify(globalThis.__coverage__)))`
  const code = `import { writeFileSync } from 'node:fs'\n${istanbul.instrumentSync(text, 'a.ts')}\n${told}\n`
  writeFileSync(path.join(root, 'instrumented.ts'), code)
  runFile(path.join(root, 'instrumented.ts'))
  const [data] = Object.values(JSON.parse(readFileSync(out, 'utf8')) as Record<string, never>)
  return namedCounts(fromIstanbul(data!))
}

/** V8 has no counter for the default of a parameter: it counts the calls. */
const comparable = (counts: ReadonlyMap<string, number>): object =>
  Object.fromEntries(
    [...counts].filter(([name]) => !name.startsWith('default-arg')).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

describe("V8's counts", () => {
  // Istanbul doesn't count private methods.
  const text = TEXT.replaceAll('#priv', 'priv')
  let expected: object

  before(function () {
    this.timeout(20_000)
    return withFolder({ 'package.json': MODULE }, (root) => {
      expected = comparable(istanbulCounts(root, text))
    })
  })

  it("are Istanbul's, of TypeScript that tsx has made one line of", () =>
    withFolder({ 'package.json': MODULE, 'a.ts': text }, (root) => {
      const report = runForV8(path.join(root, 'a.ts'))
      assert.deepEqual(comparable(namedCounts(read(root, 'a.ts', report))), expected)
    }))

  it("are Istanbul's, of what tsc has built, by its source map", () => {
    const { outputText, sourceMapText = '' } = ts.transpileModule(text, {
      fileName: 'a.ts',
      compilerOptions: { ...OPTIONS, sourceMap: true },
    })
    const map = JSON.stringify({
      ...(JSON.parse(sourceMapText) as object),
      sources: ['../a.ts'],
      file: 'a.js',
    })
    const code = outputText.replace(/(?<=sourceMappingURL=).*/, 'a.js.map')
    const files = { 'package.json': MODULE, 'a.ts': text, 'dist/a.js': code, 'dist/a.js.map': map }
    return withFolder(files, (root) => {
      const report = runForV8(path.join(root, 'dist/a.js'))
      assert.deepEqual(comparable(namedCounts(read(root, 'a.ts', report))), expected)
    })
  })

  it('are those of the script itself where nothing was built', () => {
    const { outputText: code } = ts.transpileModule(text, { compilerOptions: OPTIONS })
    return withFolder({ 'package.json': MODULE, 'a.mjs': code }, (root) => {
      const wanted = comparable(istanbulCounts(root, code))
      const report = runForV8(path.join(root, 'a.mjs'))
      assert.deepEqual(comparable(namedCounts(read(root, 'a.mjs', report))), wanted)
    })
  })

  it('of shards add up to those of one run, branch by branch', () => {
    const script = `const pick = (n) => (n === 1 ? 'a' : n === 2 ? 'b' : 'c')
function only(n) {
  if (n > 2) return n || 1
  switch (n) {
    case 1: return 1
    default: return 0
  }
}
for (const n of process.argv.slice(2).map(Number)) { pick(n); only(n) }
`
    return withFolder({ 'a.mjs': script }, (root) => {
      const counts = (...args: string[]): FileCoverage =>
        read(root, 'a.mjs', runForV8(path.join(root, 'a.mjs'), args))
      const whole = counts('1', '2', '3')
      const sharded = ['1', '2', '3'].map((each) => counts(each)).reduce(mergeFile)
      assert.deepEqual(sharded.structure, whole.structure)
      assert.deepEqual(sharded.branches, whole.branches)
      assert.deepEqual(sharded.functions, whole.functions)
    })
  })
})
