import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suiteFolder } from '@muster/model'
import { musterDir } from '../journal/run-store.ts'

/**
 * The little that must be known before the first unit starts. The history has all of it and more, but
 * opening a database costs more than a small suite; this is a few hundred bytes a suite, and losing it
 * costs speed only.
 */
export interface SuiteMemory {
  /** Of really executed passes, newest last, at most KEPT. */
  readonly durationsMs: readonly number[]
  /** Why a thread can't give this suite's verdict; it runs in a process until the suite's content says otherwise. */
  readonly needsProcess?: string
  /** Task hash → number of test cases, newest last, at most KEPT. */
  readonly testsByHash: Readonly<Record<string, number>>
}

const KEPT = 20
const EMPTY: SuiteMemory = { durationsMs: [], testsByHash: {} }

const memoryFile = (root: string, suite: string): string =>
  path.join(musterDir(root), 'memory', `${suiteFolder(suite)}.json`)

/** A missing or damaged file is an empty memory. */
export function readMemory(root: string, suite: string): SuiteMemory {
  try {
    const value = JSON.parse(readFileSync(memoryFile(root, suite), 'utf8')) as Partial<SuiteMemory> | null
    return {
      durationsMs: Array.isArray(value?.durationsMs) ? value.durationsMs.filter((each) => typeof each === 'number') : [],
      testsByHash: typeof value?.testsByHash === 'object' && value.testsByHash !== null ? value.testsByHash : {},
      ...(typeof value?.needsProcess === 'string' && { needsProcess: value.needsProcess }),
    }
  } catch {
    return EMPTY
  }
}

/** Best effort: a disk that refuses costs the next run some speed. */
export function updateMemory(root: string, suite: string, change: (memory: SuiteMemory) => SuiteMemory): void {
  const file = memoryFile(root, suite)
  const { durationsMs, testsByHash, ...rest } = change(readMemory(root, suite))
  const next: SuiteMemory = {
    ...rest,
    durationsMs: durationsMs.slice(-KEPT),
    testsByHash: Object.fromEntries(Object.entries(testsByHash).slice(-KEPT)),
  }
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(next))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    return
  }
}

/** Median of the last passes in ms; undefined without any. */
export function estimateMs(memory: SuiteMemory): number | undefined {
  const sorted = [...memory.durationsMs].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
