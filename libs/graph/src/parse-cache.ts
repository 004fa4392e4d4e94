import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ParsedSuite } from './parsed-suite.ts'
import { parserFingerprint } from './parser-fingerprint.ts'

interface CacheFile {
  readonly parser: string
  readonly entries: Readonly<Record<string, { readonly hash: string; readonly parsed: ParsedSuite }>>
}

export interface ParseCache {
  get(source: string, text: string): ParsedSuite | undefined
  /** Replaces the file by exactly these results. A file that can't be written costs time, nothing else. */
  save(results: readonly { readonly text: string; readonly parsed: ParsedSuite }[]): void
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Results of earlier parses by content, so that an unchanged workspace doesn't load the schema library. */
export function openParseCache(file: string): ParseCache {
  const parser = parserFingerprint()
  const known = read(file, parser)
  return {
    get(source, text) {
      const entry = known[source]
      return entry?.hash === hashOf(text) ? entry.parsed : undefined
    },
    save(results) {
      const entries = Object.fromEntries(
        results.map(({ text, parsed }) => [parsed.source, { hash: hashOf(text), parsed }]),
      )
      write(file, { parser, entries })
    },
  }
}

function read(file: string, parser: string): CacheFile['entries'] {
  try {
    const cache = JSON.parse(readFileSync(file, 'utf8')) as Partial<CacheFile>
    return cache.parser === parser ? (cache.entries ?? {}) : {}
  } catch {
    // Absent, or torn by a crash: parsing again is always right.
    return {}
  }
}

/** By rename, since other processes may be reading or writing it too. */
function write(file: string, cache: CacheFile): void {
  const partial = `${file}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(partial, JSON.stringify(cache))
    renameSync(partial, file)
  } catch {
    remove(partial)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Its folder isn't one; then neither is the file there.
  }
}
