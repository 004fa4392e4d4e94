import type { SuiteKind } from '@muster/model'
import { coldStart, type ColdStart, type Peer } from './cold-start.ts'
import type { DurationSample } from './duration-sample.ts'
import { estimateDuration, type DurationEstimate } from './estimate-duration.ts'
import { machineRatios } from './machine-ratios.ts'

/** A suite with what is known of its time. */
export interface KnownSuite {
  /** Absent for a suite that is remembered only: it helps to compare machines. */
  readonly kind?: SuiteKind
  /** Newest last. */
  readonly samples: readonly DurationSample[]
  /** Number of its test files. */
  readonly files?: number
}

export interface DurationModelOptions {
  /** Class of the machine that suites will run on. */
  readonly machine: string
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly cpus: number
  /** Units planned to run at a time. */
  readonly workers: number
}

export interface WantedSuite {
  readonly kind: SuiteKind
  readonly samples: readonly DurationSample[]
  readonly files?: number
}

/** What all suites together say about one: how machines compare, and what a suite that never ran may take. */
export class DurationModel {
  private readonly known: readonly KnownSuite[]
  private readonly options: DurationModelOptions
  private readonly ratios: ReadonlyMap<string, number>
  private peers: readonly Peer[] | undefined
  private readonly guesses = new Map<string, ColdStart>()

  constructor(known: readonly KnownSuite[], options: DurationModelOptions) {
    this.known = known
    this.options = options
    this.ratios = machineRatios(
      known.map(({ samples }) => samples),
      options.machine,
      options.now,
    )
  }

  estimate({ kind, samples, files }: WantedSuite): DurationEstimate {
    return this.fromSamples(samples, () => this.guess(kind, files))
  }

  private fromSamples(samples: readonly DurationSample[], cold: () => ColdStart): DurationEstimate {
    return estimateDuration(samples, { ...this.options, ratios: this.ratios, cold })
  }

  private guess(kind: SuiteKind, files: number | undefined): ColdStart {
    const key = `${kind} ${files}`
    let guess = this.guesses.get(key)
    if (guess === undefined) {
      this.peers ??= this.known.flatMap((suite) => this.asPeer(suite) ?? [])
      this.guesses.set(key, (guess = coldStart(kind, files, this.peers)))
    }
    return guess
  }

  private asPeer({ kind, samples, files }: KnownSuite): Peer | undefined {
    if (kind === undefined || samples.length === 0) return undefined
    const { ms } = this.fromSamples(samples, () => coldStart(kind, files, []))
    return { kind, ms, ...(files !== undefined && { files }) }
  }
}
