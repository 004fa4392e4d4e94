import type { CoverageMapData } from 'istanbul-lib-coverage'
import { fromIstanbul } from '../istanbul.ts'
import type { FileCoverage } from '../structure.ts'
import type { V8Report } from '../v8/v8-types.ts'
import { readCobertura } from './read-cobertura.ts'
import { readCoveragePy } from './read-coverage-py.ts'
import type { FormatContent, FormatWarning } from './read-format.ts'
import { readGoProfile } from './read-go.ts'
import { readLcov } from './read-lcov.ts'

/** What a coverage file turned out to be; `nothing` is no coverage file at all, which is no mistake. */
export type CoverageContent =
  | { readonly type: 'v8'; readonly report: V8Report }
  | ({ readonly type: 'files' } & FormatContent)
  | { readonly type: 'nothing' }

/** By its content, since tools let people name these files. */
export function readCoverageFile(text: string): CoverageContent {
  const start = text.trimStart().slice(0, 2000)
  if (start === '') return { type: 'nothing' }
  if (start.startsWith('{') || start.startsWith('[')) return readJson(text)
  if (start.startsWith('<')) return { type: 'files', ...readCobertura(text.trimStart()) }
  if (/^mode: (set|count|atomic)/.test(start)) return { type: 'files', ...readGoProfile(text) }
  if (/^(#.*\n\s*)*(TN:|SF:)/.test(start)) return { type: 'files', ...readLcov(text) }
  return { type: 'nothing' }
}

function readJson(text: string): CoverageContent {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return problem(`it is no JSON: ${(error as Error).message}`)
  }
  if (typeof json !== 'object' || json === null) return { type: 'nothing' }
  const { result, files, meta } = json as Record<string, unknown>
  if (isV8(result)) return { type: 'v8', report: json as V8Report }
  if (typeof meta === 'object' && typeof files === 'object') return { type: 'files', ...readCoveragePy(json) }
  return Object.values(json).some(isIstanbul)
    ? { type: 'files', ...readIstanbul(json as CoverageMapData) }
    : { type: 'nothing' }
}

const isV8 = (result: unknown): boolean =>
  Array.isArray(result) &&
  result.every(
    (each: { url?: unknown; functions?: unknown } | null) =>
      typeof each?.url === 'string' && Array.isArray(each.functions),
  )

const isIstanbul = (file: unknown): boolean =>
  typeof file === 'object' && file !== null && 'statementMap' in file && 'path' in file

function readIstanbul(json: CoverageMapData): FormatContent {
  const files: [string, FileCoverage][] = []
  const warnings: FormatWarning[] = []
  for (const [path, file] of Object.entries(json)) {
    try {
      const data = 'data' in file ? file.data : file
      files.push([data.path ?? path, fromIstanbul(data)])
    } catch {
      warnings.push({ message: `what it says of ${path} is not in Istanbul's form` })
    }
  }
  return { files, warnings }
}

const problem = (message: string): CoverageContent => ({ type: 'files', files: [], warnings: [{ message }] })
