import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import fastGlob from 'fast-glob'
import { readCoverageFile } from './formats/read-coverage-file.ts'
import type { FormatWarning } from './formats/read-format.ts'
import { mergeFile } from './merge-coverage.ts'
import { PathFinder } from './path-finder.ts'
import { project } from './project-coverage.ts'
import { filesInScope, type ScopeOrder } from './scope.ts'
import { isScript } from './source/read-source.ts'
import { SourceCache } from './source/source-cache.ts'
import { untested, type FileCoverage } from './structure.ts'
import { V8Reader } from './v8/read-v8.ts'

export interface CollectOrder {
  /** Absolute workspace root. */
  readonly root: string
  /** Workspace-relative folder of the suite, which relative paths in coverage files start from. */
  readonly dir: string
  /** Absolute folders that the units of the suite have filled. */
  readonly folders: readonly string[]
  /** Globs below the suite's folder for what its own command has written. */
  readonly files: readonly string[]
  readonly scope: ScopeOrder
}

export interface Collected {
  /** Of every file in the scope; what never ran has only zeros. */
  readonly coverage: ReadonlyMap<string, FileCoverage>
  /** Files in the scope, whether there is something to count in them or not. */
  readonly inScope: number
  /** Coverage files that were read. */
  readonly read: number
  /** For people. */
  readonly warnings: readonly string[]
}

/** What is bigger holds no coverage of tests. */
const MAX_BYTES = 256 * 1024 * 1024
const MAX_WARNINGS = 10

/**
 * What a suite covers: reads everything that its units have left, in whatever formats, and adds it up. Scripts are
 * counted by their own structure whatever tool has counted them, so that totals depend on the sources alone.
 */
export async function collectCoverage(order: CollectOrder): Promise<Collected> {
  const { root, dir } = order
  const inScope = new Set(await filesInScope(root, order.scope))
  const sources = new SourceCache(root)
  const paths = new PathFinder(root, dir)
  const v8 = new V8Reader(paths, sources, inScope)
  const coverage = new Map<string, FileCoverage>()
  const warnings: string[] = []
  const add = (file: string, fresh: FileCoverage): void => {
    const known = coverage.get(file)
    coverage.set(file, known ? mergeFile(known, fresh) : fresh)
  }
  let read = 0
  for (const file of await coverageFiles(order)) {
    const text = await readText(file)
    if (!text.ok) {
      warnings.push(`${display(root, file)} was not read: ${text.reason}`)
      continue
    }
    const content = readCoverageFile(text.value)
    if (content.type === 'nothing') continue
    read++
    if (content.type === 'v8') {
      for (const [name, each] of v8.read(content.report)) add(name, each)
      continue
    }
    for (const warning of content.warnings) warnings.push(describe(display(root, file), warning))
    for (const [written, each] of content.files) {
      const name = paths.find(written)
      if (name !== undefined && inScope.has(name)) add(name, byOwnStructure(each, sources, name))
    }
  }
  for (const file of inScope) {
    const source = coverage.has(file) ? undefined : sources.get(file)
    if (source) coverage.set(file, untested(source.structure))
  }
  return { coverage: sorted(coverage), inScope: inScope.size, read, warnings: limited(warnings) }
}

function byOwnStructure(file: FileCoverage, sources: SourceCache, name: string): FileCoverage {
  const source = isScript(name) ? sources.get(name) : undefined
  if (!source) return file
  const { structure } = source
  return { kind: 'source', structure, ...project(file, { structure }) }
}

/** Files without anything to count are no part of any total. */
const sorted = (coverage: ReadonlyMap<string, FileCoverage>): Map<string, FileCoverage> =>
  new Map(
    [...coverage]
      .filter(([, { structure }]) => structure.statements.length + structure.functions.length > 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

async function coverageFiles({ root, dir, folders, files }: CollectOrder): Promise<string[]> {
  const found: string[] = []
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) if (entry.isFile()) found.push(path.join(entry.parentPath, entry.name))
  }
  const own = await fastGlob([...files], { cwd: path.join(root, dir), absolute: true, dot: true })
  return [...found, ...own].toSorted()
}

type Text = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string }

async function readText(file: string): Promise<Text> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) return { ok: false, reason: `it has ${Math.round(size / 1024 / 1024)} MB` }
    return { ok: true, value: await readFile(file, 'utf8') }
  } catch (error) {
    return { ok: false, reason: (error as Error).message }
  }
}

const display = (root: string, file: string): string => path.relative(root, file).replaceAll(path.sep, '/')

const describe = (file: string, { line, message }: FormatWarning): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${message}`

function limited(warnings: readonly string[]): string[] {
  const more = warnings.length - MAX_WARNINGS
  return more <= 0 ? [...warnings] : [...warnings.slice(0, MAX_WARNINGS), `… and ${more} more warnings`]
}
