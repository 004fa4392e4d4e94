import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { musterDir } from '../journal/run-store.ts'

/**
 * The little that must be known before the first unit starts. The history has all of it and more, but opening
 * a database costs more than a small suite, and losing this costs speed only.
 *
 * `.muster/memory.ndjson` is a log of `Remembered` lines, folded when it is read. Appending is the one file
 * operation that is cheap everywhere: replacing a file by rename makes ext4 flush it (15 ms each was measured).
 */
export interface SuiteMemory {
  /** Of really executed passes in milliseconds, newest last, at most KEPT. */
  readonly durationsMs: readonly number[]
  /** Why a thread can't give this suite's verdict. */
  readonly needsProcess?: string
  /** Task hash → number of test cases, at most KEPT. */
  readonly testsByHash: ReadonlyMap<string, number>
}

/** One line: what was learned of one suite. */
export interface Remembered {
  readonly suite: string
  readonly durationMs?: number
  readonly needsProcess?: string
  readonly hash?: string
  readonly tests?: number
}

export interface Memory {
  of(suite: string): SuiteMemory
  /** Best effort: a disk that refuses costs the next run some speed. */
  remember(entry: Remembered): void
}

const KEPT = 20
/** Log lines per suite at which the log is rewritten. */
const CROWDED = 60
const EMPTY: SuiteMemory = { durationsMs: [], testsByHash: new Map() }

const memoryFile = (root: string): string => path.join(musterDir(root), 'memory.ndjson')

/** Reads the log once. A missing or damaged one is an empty memory. */
export function openMemory(root: string): Memory {
  const file = memoryFile(root)
  const suites = new Map<string, SuiteMemory>()
  for (const entry of readEntries(file))
    suites.set(entry.suite, learn(suites.get(entry.suite) ?? EMPTY, entry))
  return {
    of: (suite) => suites.get(suite) ?? EMPTY,
    remember(entry) {
      suites.set(entry.suite, learn(suites.get(entry.suite) ?? EMPTY, entry))
      try {
        mkdirSync(path.dirname(file), { recursive: true })
        appendFileSync(file, `${JSON.stringify(entry)}\n`)
      } catch {
        return
      }
    },
  }
}

/** Off the hot path: rewrites a log that has grown. What another run appends meanwhile may be forgotten. */
export function compactMemory(root: string): void {
  const file = memoryFile(root)
  const entries = readEntries(file)
  const suites = new Map<string, Remembered[]>()
  for (const entry of entries) suites.set(entry.suite, [...(suites.get(entry.suite) ?? []), entry])
  if (entries.length < CROWDED * suites.size) return
  const kept = [...suites.values()].flatMap((lines) => {
    const recent = lines.slice(-2 * KEPT)
    const pinned = lines.findLast(({ needsProcess }) => needsProcess !== undefined)
    return pinned && !recent.includes(pinned) ? [pinned].concat(recent) : recent
  })
  try {
    writeFileSync(`${file}.${process.pid}`, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    return
  }
}

function learn(memory: SuiteMemory, { durationMs, needsProcess, hash, tests }: Remembered): SuiteMemory {
  return {
    ...memory,
    ...(durationMs !== undefined && { durationsMs: [...memory.durationsMs, durationMs].slice(-KEPT) }),
    ...(needsProcess !== undefined && { needsProcess }),
    ...(hash !== undefined &&
      tests !== undefined && {
        testsByHash: new Map([...memory.testsByHash, [hash, tests] as const].slice(-KEPT)),
      }),
  }
}

function readEntries(file: string): Remembered[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    try {
      const value = JSON.parse(line) as Partial<Remembered> | null
      return typeof value?.suite === 'string' ? (value as Remembered) : []
    } catch {
      return []
    }
  })
}

/** Median of the last passes in ms; undefined without any. */
export function estimateMs(memory: SuiteMemory): number | undefined {
  const sorted = [...memory.durationsMs].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
