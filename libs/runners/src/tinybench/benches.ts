/** As much of tinybench's Task as is used here; the same in 4, 5 and 6. */
export interface TaskLike {
  readonly name: string
  readonly result?: { readonly latency?: LatencyLike; readonly error?: unknown; readonly totalTime?: number }
  warmup(): Promise<unknown>
  run(): Promise<unknown>
}

export interface LatencyLike {
  readonly p50: number
  readonly mean: number
  /** Sorted; only where the Bench or the task was told to retain them. */
  readonly samples?: readonly number[]
  readonly samplesCount?: number
}

export interface BenchLike {
  readonly name?: string
  readonly tasks: readonly TaskLike[]
  add(name: string, fn: () => unknown): unknown
  run(): Promise<unknown>
  time: number
  iterations: number
  warmupTime: number
  warmupIterations: number
  throws?: boolean
}

export type BenchConstructor = new (options: BenchSettings) => BenchLike

/** Given to a function that makes a Bench; using them is up to it. */
export interface BenchSettings {
  readonly retainSamples: true
}

const SETTINGS: BenchSettings = { retainSamples: true }

const isBench = (value: unknown): value is BenchLike =>
  typeof value === 'object' &&
  value !== null &&
  'tasks' in value &&
  Array.isArray(value.tasks) &&
  'add' in value &&
  typeof value.add === 'function'

/**
 * The benches of a module: whatever it exports that is a Bench; a default export may also be a function that makes one
 * (or several), or an object of plain functions, each a benchmark.
 * @throws what the module's own functions throw
 */
export async function benchesOf(
  module: Readonly<Record<string, unknown>>,
  loadBench: () => Promise<BenchConstructor>,
): Promise<readonly BenchLike[]> {
  const { default: main, ...named } = module
  const made: unknown = typeof main === 'function' ? await main(SETTINGS) : main
  const benches = [made, ...Object.values(named)].flat().filter(isBench)
  const functions = isBench(made) || Array.isArray(made) ? [] : functionsOf(made)
  if (functions.length === 0) return [...new Set(benches)]
  const Bench = await loadBench()
  const bench = new Bench(SETTINGS)
  for (const [name, fn] of functions) bench.add(name, fn)
  return [...new Set([bench, ...benches])]
}

const functionsOf = (value: unknown): [string, () => unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).filter(
        (entry): entry is [string, () => unknown] => typeof entry[1] === 'function',
      )
    : []
