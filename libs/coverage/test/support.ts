import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import type { FileCoverageData } from 'istanbul-lib-coverage'
import type { FileCoverage, Range, Structure } from '../src/structure.ts'
import type { V8Report } from '../src/v8/v8-types.ts'

export const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url))

/** A temporary folder with these files; `use` may be asynchronous. */
export async function withFolder(
  files: Readonly<Record<string, string>>,
  use: (root: string) => unknown,
): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'muster-coverage-test-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), text)
    }
    await use(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

interface Instrumenter {
  instrumentSync(code: string, filename: string): string
  lastFileCoverage(): FileCoverageData
}

/** The library whose rules ours are, and which jest counts by. It has no types of its own. */
export function instrumenter(): Instrumenter {
  const { createInstrumenter } = createRequire(import.meta.url)('istanbul-lib-instrument') as {
    readonly createInstrumenter: (options: object) => Instrumenter
  }
  return createInstrumenter({ esModules: true, parserPlugins: ['typescript'] })
}

const TSX = createRequire(import.meta.url).resolve('tsx')

/** Runs a file with tsx. @returns what V8 told of the process, raw */
export function runForV8(file: string, args: readonly string[] = []): V8Report {
  const dir = mkdtempSync(path.join(tmpdir(), 'muster-v8-'))
  try {
    runFile(file, args, { NODE_V8_COVERAGE: dir })
    const reports = readdirSync(dir).map(
      (name) => JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as V8Report,
    )
    const found = reports.find(({ result }) => result.some(({ url }) => url.endsWith(path.basename(file))))
    if (!found) throw new Error(`V8 says nothing of ${file}`)
    return found
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

export function runFile(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): string {
  const { NODE_V8_COVERAGE: _, ...outer } = process.env
  return execFileSync(process.execPath, ['--import', TSX, file, ...args], {
    env: { ...outer, ...env },
    encoding: 'utf8',
  })
}

const words = (place: Range): string => place.join(':')

/** Each counter of a file with a name that both sides give it. */
export function namedCounts({
  structure,
  statements,
  functions,
  branches,
}: FileCoverage): Map<string, number> {
  return new Map([
    ...structure.statements.map((range, index) => [`statement ${words(range)}`, statements[index]!] as const),
    ...structure.functions.map(({ body }, index) => [`function ${words(body)}`, functions[index]!] as const),
    ...structure.branches.flatMap(({ type, at: place }, index) =>
      branches[index]!.map((count, way) => [`${type} ${words(place)} way ${way}`, count] as const),
    ),
  ])
}

const range: fc.Arbitrary<Range> = fc
  .tuple(fc.nat(40), fc.nat(80), fc.nat(5), fc.nat(20))
  .map(([line, column, lines, width]) => [line + 1, column, line + 1 + lines, column + width])

const structure: fc.Arbitrary<Structure> = fc.record(
  {
    statements: fc.uniqueArray(range, { maxLength: 8, selector: String }),
    functions: fc.uniqueArray(
      fc.record(
        { name: fc.constantFrom('a', 'b', 'c'), declaration: range, body: range },
        { noNullPrototype: true },
      ),
      { maxLength: 4, selector: ({ name, declaration }) => `${name} ${declaration[0]}` },
    ),
    branches: fc.uniqueArray(
      fc.record(
        {
          type: fc.constantFrom('if', 'switch'),
          at: range,
          ways: fc.array(range, { minLength: 1, maxLength: 3 }),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 4, selector: ({ at }) => at[0] },
    ),
  },
  { noNullPrototype: true },
)

const count = fc.oneof(fc.constant(0), fc.nat(5))

/** Several coverages of one file by one structure, as shards leave them. */
export const partsOf = (kind: FileCoverage['kind'], most = 5): fc.Arbitrary<FileCoverage[]> =>
  structure.chain((shape) =>
    fc.array(
      fc.record(
        {
          kind: fc.constant(kind),
          structure: fc.constant(shape),
          statements: fc.tuple(...shape.statements.map(() => count)),
          functions: fc.tuple(...shape.functions.map(() => count)),
          branches: fc.tuple(...shape.branches.map(({ ways }) => fc.tuple(...ways.map(() => count)))),
        },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: most },
    ),
  )
