import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { musterDir } from '../journal/run-store.ts'
import { foldOf, snapshotOf, type MemorySnapshot } from './memory-snapshot.ts'
import type { Remembered } from './remembered.ts'
import { SuiteFold } from './suite-fold.ts'

/*
 * `.muster/memory.ndjson` is a log of `Remembered` lines, folded when it is read. Appending is the one file operation
 * that is cheap everywhere: replacing a file by rename makes ext4 flush it (15 ms each was measured). Compaction puts
 * one `MemorySnapshot` for each suite in place of its lines, and later lines come after it.
 */

/** Lines per suite since the last compaction at which the log is rewritten. */
const CROWDED = 60
/** It is also rewritten when what was appended is longer than half of what is folded, and than this many characters. */
const LONG = 65_536

export interface MemoryLog {
  /** The lines about each suite, unread: most runs ask for few of the suites that a workspace has. */
  readonly suites: ReadonlyMap<string, readonly string[]>
  /** Number and length of the lines since the last compaction. */
  readonly appended: { readonly lines: number; readonly length: number }
  /** Length of the folded part. */
  readonly foldedLength: number
}

const memoryFile = (root: string): string => path.join(musterDir(root), 'memory.ndjson')

/** A missing file is an empty log; lines that name no suite are passed over. */
export function readLog(root: string): MemoryLog {
  const suites = new Map<string, string[]>()
  let foldedLength = 0
  let lines = 0
  let length = 0
  for (const line of readLines(memoryFile(root))) {
    const suite = suiteOf(line)
    if (suite === undefined) continue
    const known = suites.get(suite)
    if (known === undefined) suites.set(suite, [line])
    else known.push(line)
    if (line.startsWith(FOLDED, START.length + suite.length)) foldedLength += line.length
    else {
      lines++
      length += line.length
    }
  }
  return { suites, appended: { lines, length }, foldedLength }
}

/** What the lines about one suite add up to; those that can't be read are passed over. */
export function foldLines(lines: readonly string[]): SuiteFold {
  let fold = new SuiteFold()
  for (const line of lines) {
    const entry = parseLine(line)
    if (entry === undefined) continue
    if ('folded' in entry) fold = foldOf(entry.folded)
    else fold.learn(entry)
  }
  return fold
}

/** Best effort. */
export function appendToLog(root: string, entry: Remembered): void {
  try {
    mkdirSync(musterDir(root), { recursive: true })
    // The name first, where `suiteOf` looks for it.
    const { suite, ...learned } = entry
    appendFileSync(memoryFile(root), `${JSON.stringify({ suite, ...learned })}\n`)
  } catch {
    return
  }
}

/** Off the hot path: rewrites a log that has grown. What another run appends meanwhile may be forgotten. */
export function compactMemory(root: string): void {
  const { suites, appended, foldedLength } = readLog(root)
  const isCrowded = appended.lines >= CROWDED * suites.size && appended.lines > 0
  const isLong = appended.length > Math.max(LONG, foldedLength / 2)
  if (!isCrowded && !isLong) return
  const file = memoryFile(root)
  const lines = [...suites].map(([suite, own]) => `${JSON.stringify(snapshotOf(suite, foldLines(own)))}\n`)
  try {
    writeFileSync(`${file}.${process.pid}`, lines.join(''))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    return
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

const START = '{"suite":"'
const FOLDED = '","folded":'

/** Without parsing the line, if it is as we write it: that is half of the time of reading all. */
function suiteOf(line: string): string | undefined {
  const end = line.startsWith(START) ? line.indexOf('"', START.length) : -1
  const name = end < 0 ? '' : line.slice(START.length, end)
  return name === '' || name.includes('\\') ? parseLine(line)?.suite : name
}

function parseLine(line: string): Remembered | MemorySnapshot | undefined {
  try {
    const value = JSON.parse(line) as Partial<Remembered> | null
    return typeof value?.suite === 'string' ? (value as Remembered | MemorySnapshot) : undefined
  } catch {
    return undefined
  }
}
