import { pathToFileURL } from 'node:url'
import { caseError } from '../case-error.ts'
import { benchesOf, type BenchConstructor, type BenchLike, type TaskLike } from './benches.ts'
import { watchGc } from './gc-watch.ts'
import type { RoundMessage, RoundOrder } from './round.ts'
import { sliceOf } from './slice-of.ts'

/*
 * A process that measures the benchmarks of one file once. Nothing of Muster's runs beside them.
 */

const tell = (message: RoundMessage): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

async function measureRound(order: RoundOrder): Promise<void> {
  const benches = await load(order)
  if (benches === undefined) return
  const gc = watchGc()
  const tasks = benches.flatMap((bench) => bench.tasks.map((task) => ({ bench, task })))
  const first = tasks.length === 0 ? 0 : order.round % tasks.length
  for (const { bench, task } of [...tasks.slice(first), ...tasks.slice(0, first)]) {
    const path = bench.name === undefined ? [task.name] : [bench.name, task.name]
    if (order.failed.includes(path.join('\0'))) continue
    await tell(await measure(bench, task, order, path, gc.take))
  }
}

async function load(order: RoundOrder): Promise<readonly BenchLike[] | undefined> {
  try {
    const module = (await import(pathToFileURL(order.file).href)) as Record<string, unknown>
    const benches = await benchesOf(module, async () => {
      const { Bench } = (await import(pathToFileURL(order.tinybench).href)) as { Bench: BenchConstructor }
      return Bench
    })
    if (benches.some(({ tasks }) => tasks.length > 0)) return benches
    throw new Error(
      'it exports no benchmark: export default a Bench of tinybench, a function that returns one, or an object of functions',
    )
  } catch (error) {
    await tell({ type: 'unusable', error: caseError(error) })
    return undefined
  }
}

/** The file's own time and iterations don't count: a sample must mean the same in all files. */
async function measure(
  bench: BenchLike,
  task: TaskLike,
  { warmup, sliceMs }: RoundOrder,
  path: readonly string[],
  takeGc: () => Promise<number>,
): Promise<RoundMessage> {
  bench.throws = false
  bench.time = sliceMs
  bench.iterations = 1
  bench.warmupTime = warmup * sliceMs
  bench.warmupIterations = Math.min(1, warmup)
  try {
    if (warmup > 0) await task.warmup()
    // So that no benchmark pays for the garbage of the one before.
    globalThis.gc?.()
    await takeGc()
    await task.run()
  } catch (error) {
    return { type: 'failed', path, error: caseError(error) }
  }
  const { result } = task
  if (result?.error !== undefined) return { type: 'failed', path, error: caseError(result.error) }
  if (!result?.latency)
    return { type: 'failed', path, error: caseError(new Error('it was not measured: aborted?')) }
  return { type: 'measured', path, slice: sliceOf(result.latency, result.totalTime ?? 0, await takeGc()) }
}

process.once('message', (order: RoundOrder) => {
  void (async () => {
    await measureRound(order)
    await tell({ type: 'end' })
    // What a benchmark leaves open is no reason to wait.
    process.exit(0)
  })()
})
