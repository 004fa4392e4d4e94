import { fileURLToPath } from 'node:url'
import { TraceMap } from '@jridgewell/trace-mapping'
import type { PathFinder } from '../path-finder.ts'
import { LineIndex } from '../source/line-index.ts'
import type { Source, SourceCache } from '../source/source-cache.ts'
import type { FileCoverage } from '../structure.ts'
import { CountIndex } from './count-index.ts'
import { countSource } from './count-source.ts'
import { mappedPlace, samePlace, type PlaceFinder } from './place-finder.ts'
import type { V8Report, V8SourceMap } from './v8-types.ts'

type Found = readonly (readonly [path: string, find: PlaceFinder])[]

/** Reads V8's reports of many processes; what was found out of a script serves for all of them. */
export class V8Reader {
  readonly #paths: PathFinder
  readonly #sources: SourceCache
  readonly #inScope: ReadonlySet<string>
  readonly #scripts = new Map<string, Found>()

  constructor(paths: PathFinder, sources: SourceCache, inScope: ReadonlySet<string>) {
    this.#paths = paths
    this.#sources = sources
    this.#inScope = inScope
  }

  read(report: V8Report): [path: string, file: FileCoverage][] {
    const maps = report['source-map-cache'] ?? {}
    return report.result.flatMap(({ url, functions }) => {
      if (!url.startsWith('file:')) return []
      const found = this.#script(url, maps[url])
      if (found.length === 0) return []
      const counts = new CountIndex(functions)
      return found.map(([path, find]): [string, FileCoverage] => [
        path,
        countSource(this.#sources.get(path)!, counts, find),
      ])
    })
  }

  #script(url: string, map: V8SourceMap | undefined): Found {
    const mappings = (map?.data as { readonly mappings?: unknown } | null | undefined)?.mappings
    const key = `${url}\n${typeof mappings === 'string' ? mappings : ''}`
    const known = this.#scripts.get(key)
    if (known) return known
    const found = this.#find(url, map).map(([path, find]) => [path, remembering(find)] as const)
    this.#scripts.set(key, found)
    return found
  }

  #find(url: string, map: V8SourceMap | undefined): Found {
    if (map?.data === null || map?.data === undefined) {
      const found = this.#source(url)
      return found ? [[found.path, samePlace]] : []
    }
    const trace = new TraceMap(map.data as ConstructorParameters<typeof TraceMap>[0], url)
    const generated = LineIndex.ofLengths(map.lineLengths)
    return trace.resolvedSources.flatMap((source) => {
      const found = this.#source(source)
      if (!found) return []
      return [
        [found.path, mappedPlace(trace, source, LineIndex.ofText(found.source.text), generated)] as const,
      ]
    })
  }

  #source(url: string): { readonly path: string; readonly source: Source } | undefined {
    const path = this.#paths.find(url.startsWith('file:') ? fileURLToPath(url) : url)
    if (path === undefined || !this.#inScope.has(path)) return undefined
    const source = this.#sources.get(path)
    return source && { path, source }
  }
}

/** Each process asks for the same places again. */
function remembering(find: PlaceFinder): PlaceFinder {
  if (find === samePlace) return find
  const places = new Map<number, readonly number[]>()
  return (offset) => {
    const known = places.get(offset)
    if (known) return known
    const found = find(offset)
    places.set(offset, found)
    return found
  }
}
