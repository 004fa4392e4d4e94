import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openParseCache } from './parse-cache.ts'
import type { ParsedSuite } from './parsed-suite.ts'

/** Below the workspace root; may be deleted at any time. */
export const PARSE_CACHE_FILE = '.muster/cache/suites.json'

/**
 * Reads and parses suite files, in the order given. The parser, and with it the schema library, is loaded only
 * when a file has changed since it was last read. A file that can't be read is a diagnostic.
 * @param root absolute workspace root
 * @param sources workspace-relative, '/'-separated paths
 */
export async function readSuites(root: string, sources: readonly string[]): Promise<readonly ParsedSuite[]> {
  if (sources.length === 0) return []
  const cache = openParseCache(join(root, PARSE_CACHE_FILE))
  const unreadable = new Map<string, ParsedSuite>()
  const results = new Map<string, { text: string; parsed: ParsedSuite }>()
  let changed = false
  for (const source of sources) {
    const text = readText(join(root, source))
    if (typeof text !== 'string') {
      unreadable.set(source, couldNotRead(source, text.reason))
      continue
    }
    let parsed = cache.get(source, text)
    if (!parsed) {
      const { parseSuite } = await import('./parse-suite.ts')
      parsed = parseSuite(text, source)
      changed = true
    }
    results.set(source, { text, parsed })
  }
  if (changed) cache.save([...results.values()])
  return sources.flatMap((source) => results.get(source)?.parsed ?? unreadable.get(source) ?? [])
}

function readText(file: string): string | { readonly reason: string } {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

const couldNotRead = (source: string, reason: string): ParsedSuite => ({
  source,
  diagnostics: [
    {
      severity: 'error',
      source,
      line: 1,
      column: 1,
      path: '$',
      message: `the file can't be read: ${reason}`,
    },
  ],
})
