import { gunzipSync, gzipSync } from 'node:zlib'
import { err, ok, type Result } from '@muster/model'
import type { BranchPlace, Coverage, FileCoverage, FunctionPlace, Range, StructureKind } from './structure.ts'

const VERSION = 1

/** Of one file; places are four numbers each, one after another. */
interface EncodedFile {
  readonly kind: StructureKind
  readonly at: readonly number[]
  readonly names: readonly string[]
  readonly functions: readonly number[]
  /** Of each branch its type, how many ways it has, and the places of itself and its ways. */
  readonly branches: readonly (readonly [type: string, at: readonly number[]])[]
  readonly s: readonly number[]
  readonly f: readonly number[]
  readonly b: readonly (readonly number[])[]
}

/** Compact: gzip over JSON with bare numbers. The same coverage gives the same bytes. */
export function encodeCoverage(coverage: Coverage): Buffer {
  const files = Object.fromEntries([...coverage].map(([path, file]) => [path, encodeFile(file)]))
  return gzipSync(JSON.stringify({ version: VERSION, files }), { level: 6 })
}

/** The error says why it can't be read. */
export function decodeCoverage(data: Buffer): Result<Map<string, FileCoverage>, string> {
  try {
    const json = JSON.parse(gunzipSync(data, { maxOutputLength: 2 ** 30 }).toString('utf8')) as {
      version: number
      files: Record<string, EncodedFile>
    }
    if (json.version !== VERSION) return err(`the coverage has version ${json.version}`)
    return ok(new Map(Object.entries(json.files).map(([path, file]) => [path, decodeFile(file)])))
  } catch (error) {
    return err(`the coverage is torn or not ours: ${(error as Error).message}`)
  }
}

const encodeFile = ({ kind, structure, statements, functions, branches }: FileCoverage): EncodedFile => ({
  kind,
  at: structure.statements.flat(),
  names: structure.functions.map(({ name }) => name),
  functions: structure.functions.flatMap(({ declaration, body }) => [...declaration, ...body]),
  branches: structure.branches.map(({ type, at, ways }) => [type, [...at, ...ways.flat()]]),
  s: statements,
  f: functions,
  b: branches,
})

function decodeFile(file: EncodedFile): FileCoverage {
  const functionRanges = ranges(file.functions)
  return {
    kind: file.kind,
    structure: {
      statements: ranges(file.at),
      functions: file.names.map((name, index): FunctionPlace => ({
        name,
        declaration: functionRanges[2 * index]!,
        body: functionRanges[2 * index + 1]!,
      })),
      branches: file.branches.map(([type, places]): BranchPlace => {
        const [at, ...ways] = ranges(places)
        return { type, at: at!, ways }
      }),
    },
    statements: file.s,
    functions: file.f,
    branches: file.b,
  }
}

function ranges(numbers: readonly number[]): Range[] {
  const all: Range[] = []
  for (let at = 0; at < numbers.length; at += 4)
    all.push([numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!])
  return all
}
