import { SUITE_KINDS, type SuiteKind } from '@muster/model'
import type { DurationSample } from '@muster/scheduler'
import { isAmount, isNames, SuiteFold, type SuiteResult } from './suite-fold.ts'

/**
 * All that is known of a suite in one line of the log. Rows instead of objects, and machines by number: a third of the
 * size, and reading is what a run waits for.
 */
export interface MemorySnapshot {
  readonly suite: string
  readonly folded: FoldedSuite
}

interface FoldedSuite {
  readonly kind?: SuiteKind
  /** The sample is that of a failure. */
  readonly onlyFailed?: true
  readonly machines: readonly string[]
  /** [duration ms, at, index in `machines`, CPU ms, busy]; null where it isn't known. */
  readonly samples: readonly (readonly (number | null)[])[]
  /** [at, 0 passed | 1 failed, …failed files] */
  readonly results: readonly (readonly [number, 0 | 1, ...string[]])[]
  readonly files: Readonly<Record<string, readonly number[]>>
  /** [file, passes in a row without it] */
  readonly absent: readonly (readonly [string, number])[]
  readonly peakBytes: readonly number[]
  readonly averageCpus: readonly number[]
  readonly tests: readonly (readonly [string, number])[]
  readonly whole?: string
  readonly needsProcess?: string
}

export function snapshotOf(suite: string, fold: SuiteFold): MemorySnapshot {
  const machines = [...new Set(fold.samples.flatMap(({ machine }) => machine ?? []))]
  const folded: FoldedSuite = {
    ...(fold.kind !== undefined && { kind: fold.kind }),
    ...(fold.onlyFailed && { onlyFailed: true }),
    machines,
    samples: fold.samples.map(({ durationMs, at, machine, cpuMs, busy }) => [
      durationMs,
      at ?? null,
      machine === undefined ? null : machines.indexOf(machine),
      cpuMs ?? null,
      busy ?? null,
    ]),
    results: fold.results.map(({ at, failed, failedFiles = [] }) => [at, failed ? 1 : 0, ...failedFiles]),
    files: Object.fromEntries(fold.files),
    absent: [...fold.absent],
    peakBytes: fold.peakBytes,
    averageCpus: fold.averageCpus,
    tests: [...fold.testsByHash],
    ...(fold.whole !== undefined && { whole: fold.whole }),
    ...(fold.needsProcess !== undefined && { needsProcess: fold.needsProcess }),
  }
  return { suite, folded }
}

/** @param folded as it was read, which may be anything: what has the wrong shape is left out */
export function foldOf(folded: unknown): SuiteFold {
  const fold = new SuiteFold()
  if (typeof folded !== 'object' || folded === null) return fold
  const known = folded as Partial<Record<keyof FoldedSuite, unknown>>
  const { machines, samples, results, files, absent, peakBytes, averageCpus, tests } = known
  const { kind, onlyFailed, whole, needsProcess } = known
  fold.kind = SUITE_KINDS.find((each) => each === kind)
  fold.onlyFailed = onlyFailed === true
  const names = isNames(machines) ? machines : []
  for (const row of rows(samples)) {
    const sample = sampleOf(row, names)
    if (sample) fold.samples.push(sample)
  }
  for (const row of rows(results)) {
    const result = resultOf(row)
    if (result) fold.results.push(result)
  }
  for (const [file, row] of Object.entries(files ?? {})) {
    const ms = numbers(row)
    if (ms.length > 0) fold.files.set(file, ms)
  }
  for (const [file, count] of rows(absent)) {
    if (typeof file === 'string' && isAmount(count)) fold.absent.set(file, count)
  }
  fold.peakBytes = numbers(peakBytes)
  fold.averageCpus = numbers(averageCpus)
  for (const [hash, count] of rows(tests)) {
    if (typeof hash === 'string' && isAmount(count)) fold.testsByHash.set(hash, count)
  }
  if (typeof whole === 'string') fold.whole = whole
  if (typeof needsProcess === 'string') fold.needsProcess = needsProcess
  return fold
}

/* Assigned one by one: tens of thousands are read before a run starts, and spreading takes four times as long. */

function sampleOf(row: readonly unknown[], machines: readonly string[]): DurationSample | undefined {
  const [durationMs, at, machine, cpuMs, busy] = row
  if (!isAmount(durationMs)) return undefined
  const sample: Writable<DurationSample> = { durationMs }
  const name = isAmount(machine) ? machines[machine] : undefined
  if (isAmount(at)) sample.at = at
  if (name !== undefined) sample.machine = name
  if (isAmount(cpuMs)) sample.cpuMs = cpuMs
  if (isAmount(busy)) sample.busy = busy
  return sample
}

function resultOf(row: readonly unknown[]): SuiteResult | undefined {
  const [at, failed] = row
  if (!isAmount(at) || (failed !== 0 && failed !== 1)) return undefined
  const result: Writable<SuiteResult> = { at, failed: failed === 1 }
  const failedFiles = row.length > 2 ? row.slice(2) : undefined
  if (isNames(failedFiles)) result.failedFiles = failedFiles
  return result
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const rows = (value: unknown): readonly (readonly unknown[])[] =>
  Array.isArray(value) ? value.filter((each) => Array.isArray(each)) : []

/** The array itself when all of it is good. */
function numbers(value: unknown): number[] {
  if (!Array.isArray(value)) return []
  return value.every(isAmount) ? value : value.filter(isAmount)
}
