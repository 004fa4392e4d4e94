import type { CaseError, Metric, TestCase } from '@muster/model'
import { MAX_SAMPLES } from '@muster/model'
import type { Slice } from './round.ts'

/** The slices of one benchmark, a round each. */
interface Measured {
  readonly path: readonly string[]
  readonly slices: Slice[]
  error?: CaseError
}

/** What a bench file came to, round by round. Pure. */
export class FileResults {
  /** The file's part of each case's name: files may hold benchmarks of one name. */
  readonly #title: string
  readonly #file: string
  readonly #benches = new Map<string, Measured>()
  #fault: CaseError | undefined

  /** @param file workspace-relative */
  constructor(file: string, title: string) {
    this.#file = file
    this.#title = title
  }

  add(path: readonly string[], slice: Slice): void {
    this.#of(path).slices.push(slice)
  }

  fail(path: readonly string[], error: CaseError): void {
    this.#of(path).error ??= error
  }

  /** The file as a whole: it doesn't load, or its process died. */
  break(error: CaseError): void {
    this.#fault ??= error
  }

  get isBroken(): boolean {
    return this.#fault !== undefined
  }

  /** As `RoundOrder.failed` wants them. */
  get failed(): readonly string[] {
    return [...this.#benches].filter(([, { error }]) => error).map(([key]) => key)
  }

  /** Of each benchmark that hasn't failed, its samples in milliseconds. */
  get samples(): readonly (readonly number[])[] {
    return [...this.#benches.values()].filter(({ error }) => !error).map(({ slices }) => slices.map(typical))
  }

  cases(): readonly TestCase[] {
    const cases = [...this.#benches.values()].map((bench) => this.#case(bench))
    if (!this.#fault) return cases
    const broken: TestCase = {
      path: [this.#title, '(file)'],
      file: this.#file,
      status: 'failed',
      durationMs: 0,
      error: this.#fault,
      errored: true,
    }
    return [...cases, broken]
  }

  #of(path: readonly string[]): Measured {
    const key = path.join('\0')
    const known = this.#benches.get(key) ?? { path, slices: [] }
    this.#benches.set(key, known)
    return known
  }

  #case({ path, slices, error }: Measured): TestCase {
    const head = {
      path: [this.#title, ...path],
      file: this.#file,
      durationMs: slices.reduce((sum, { totalMs }) => sum + totalMs, 0),
    }
    if (error) return { ...head, status: 'failed', error }
    return { ...head, status: 'passed', metrics: metricsOf(slices) }
  }
}

const typical = ({ typicalMs }: Slice): number => typicalMs

/** @param slices at least one */
function metricsOf(slices: readonly Slice[]): Readonly<Record<string, Metric>> {
  const kept = slices.slice(0, MAX_SAMPLES)
  const sum = (of: (slice: Slice) => number): number => slices.reduce((total, each) => total + of(each), 0)
  const quantiles = slices.flatMap((each) => (each.quantiles ? [each.quantiles] : []))
  const totalMs = sum((each) => each.totalMs)
  const duration: Metric = {
    value: median(slices.map(typical)),
    unit: 'ms',
    better: 'lower',
    samples: kept.map(typical),
    ...(quantiles.length > 0 && {
      distribution: { count: sum(({ calls }) => calls), quantiles: meanOfEach(quantiles) },
    }),
  }
  return {
    duration,
    throughput: { value: 1000 / median(slices.map(({ meanMs }) => meanMs)), unit: 'ops/s', better: 'higher' },
    ...(totalMs > 0 && {
      gc: { value: (100 * sum(({ gcMs }) => gcMs)) / totalMs, unit: '%', better: 'lower' },
    }),
  }
}

/** Quantiles of all rounds together, each counting the same: they ran for equally long. */
function meanOfEach(rows: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = rows
  return first.map((_, index) => rows.reduce((sum, row) => sum + row[index]!, 0) / rows.length)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
