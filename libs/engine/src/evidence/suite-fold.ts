import { SUITE_KINDS, type SuiteKind } from '@muster/model'
import type { DurationSample } from '@muster/scheduler'
import type { Remembered } from './remembered.ts'

/** What is known of one suite. */
export interface SuiteMemory {
  readonly kind?: SuiteKind
  /** Of really executed passes, newest last, at most 20; of the last failure while nothing has passed. */
  readonly samples: readonly DurationSample[]
  /** Of really executed runs, newest last, at most 50. */
  readonly results: readonly SuiteResult[]
  /** Milliseconds by workspace-relative test file, newest last, at most 8 of each. */
  readonly files: ReadonlyMap<string, readonly number[]>
  /** Peak memory of its largest unit, one an execution, newest last, at most 20. */
  readonly peakBytes: readonly number[]
  /** CPU time over wall time, one an execution, newest last, at most 20. */
  readonly averageCpus: readonly number[]
  /** Why it can't be split. */
  readonly whole?: string
  /** Why a thread can't give this suite's verdict. */
  readonly needsProcess?: string
  /** Task hash → number of test cases, at most 20. */
  readonly testsByHash: ReadonlyMap<string, number>
}

export interface SuiteResult {
  /** Milliseconds since the epoch; 0 when it isn't known. */
  readonly at: number
  readonly failed: boolean
  /** Test files with failures, when they are known. */
  readonly failedFiles?: readonly string[]
}

const KEPT = 20
const KEPT_RESULTS = 50
const KEPT_OF_FILE = 8
/** A file may be missing from a pass because only a part of the suite ran; hardly three times in a row. */
const GONE_AFTER = 3

/**
 * What the lines about one suite add up to. Changed in place: it takes in thousands of lines before a run starts.
 * Trusts no line, for the file may hold anything.
 */
export class SuiteFold {
  kind: SuiteKind | undefined
  samples: DurationSample[] = []
  /** Whether the one sample is that of a failure. */
  onlyFailed = false
  results: SuiteResult[] = []
  files = new Map<string, number[]>()
  /** Passes in a row that didn't have a file. */
  readonly absent = new Map<string, number>()
  peakBytes: number[] = []
  averageCpus: number[] = []
  testsByHash = new Map<string, number>()
  whole: string | undefined
  needsProcess: string | undefined
  #view: SuiteMemory | undefined

  learn(entry: Remembered): void {
    if (this.#view !== undefined) this.leaveView()
    const { hash, tests } = entry
    this.addResult(entry)
    this.addSample(entry)
    this.addFiles(entry)
    if (isAmount(entry.peakBytes)) keep(this.peakBytes, Math.round(entry.peakBytes), KEPT)
    if (isAmount(entry.averageCpus)) keep(this.averageCpus, round(entry.averageCpus, 100), KEPT)
    if (SUITE_KINDS.some((kind) => kind === entry.kind)) this.kind = entry.kind
    if (typeof entry.whole === 'string') this.whole = entry.whole === '' ? undefined : entry.whole
    if (typeof entry.needsProcess === 'string') this.needsProcess = entry.needsProcess
    if (typeof hash === 'string' && isAmount(tests)) this.addTests(hash, tests)
  }

  /** Stays as it is, whatever is learned later. */
  view(): SuiteMemory {
    const { kind, samples, results, files, peakBytes, averageCpus, testsByHash, whole, needsProcess } = this
    this.#view ??= {
      samples,
      results,
      files,
      peakBytes,
      averageCpus,
      testsByHash,
      ...(kind !== undefined && { kind }),
      ...(whole !== undefined && { whole }),
      ...(needsProcess !== undefined && { needsProcess }),
    }
    return this.#view
  }

  /** The view keeps what it was given; most suites are looked at and never change. */
  private leaveView(): void {
    this.samples = [...this.samples]
    this.results = [...this.results]
    this.files = new Map([...this.files].map(([file, ms]) => [file, [...ms]]))
    this.peakBytes = [...this.peakBytes]
    this.averageCpus = [...this.averageCpus]
    this.testsByHash = new Map(this.testsByHash)
    this.#view = undefined
  }

  private addResult({ at, passed, failedFiles }: Remembered): void {
    if (typeof passed !== 'boolean') return
    const result = {
      at: isAmount(at) ? at : 0,
      failed: !passed,
      ...(isNames(failedFiles) && failedFiles.length > 0 && { failedFiles: [...failedFiles] }),
    }
    keep(this.results, result, KEPT_RESULTS)
  }

  /** What fails ends early, or late; but it says more than nothing. */
  private addSample({ at, passed, durationMs, machine, cpuMs, busy }: Remembered): void {
    const failed = passed === false
    if (!isAmount(durationMs) || (failed && this.samples.length > 0 && !this.onlyFailed)) return
    if (this.onlyFailed) this.samples.length = 0
    this.onlyFailed = failed
    const sample: DurationSample = {
      durationMs: round(durationMs, 10),
      ...(isAmount(at) && { at }),
      ...(typeof machine === 'string' && { machine }),
      ...(isAmount(cpuMs) && { cpuMs: round(cpuMs, 10) }),
      ...(isAmount(busy) && { busy: round(busy, 100) }),
    }
    keep(this.samples, sample, KEPT)
  }

  private addFiles({ passed, files }: Remembered): void {
    if (typeof files !== 'object' || files === null) return
    for (const [file, ms] of Object.entries(files)) {
      if (!isAmount(ms)) continue
      let known = this.files.get(file)
      if (known === undefined) this.files.set(file, (known = []))
      keep(known, round(ms, 10), KEPT_OF_FILE)
      this.absent.delete(file)
    }
    // A failed run may not have come to all of its files.
    if (passed === false) return
    for (const file of this.files.keys()) if (!Object.hasOwn(files, file)) this.miss(file)
  }

  private miss(file: string): void {
    const absent = (this.absent.get(file) ?? 0) + 1
    if (absent < GONE_AFTER) {
      this.absent.set(file, absent)
      return
    }
    this.absent.delete(file)
    this.files.delete(file)
  }

  private addTests(hash: string, tests: number): void {
    this.testsByHash.set(hash, tests)
    if (this.testsByHash.size <= KEPT) return
    for (const oldest of this.testsByHash.keys()) {
      this.testsByHash.delete(oldest)
      return
    }
  }
}

function keep<T>(list: T[], item: T, atMost: number): void {
  list.push(item)
  if (list.length > atMost) list.shift()
}

export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

export const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

/** Digits that nobody needs cost reading time. */
const round = (value: number, per: number): number => Math.round(value * per) / per
