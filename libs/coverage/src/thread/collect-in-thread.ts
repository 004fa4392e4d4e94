import { fileURLToPath } from 'node:url'
import { err, ok, type Result } from '@muster/model'
import { Piscina } from 'piscina'
import type { CollectOrder } from '../collect-coverage.ts'
import type { PackedSuite } from './packed-suite.ts'

/** Always the built one, by plain node: in a thread nothing is transpiled. */
const MODULE = fileURLToPath(
  new URL('./packed-suite.js', import.meta.url.replace('/src/thread/', '/dist/thread/')),
)

/** One: two suites at a time would only need the memory of both. It stays, since loading the parser takes 0.1 s. */
let pool: Piscina<CollectOrder, PackedSuite> | undefined

/**
 * Collects what a suite covers, in a thread of its own: reading the structure of thousands of files takes seconds, in
 * which a coordinator has time limits to keep and suites to start.
 * @returns else why there is none, such as a thread that ran out of memory
 */
export async function collectInThread(order: CollectOrder): Promise<Result<PackedSuite, string>> {
  pool ??= new Piscina({ filename: MODULE, minThreads: 1, maxThreads: 1, execArgv: [], recordTiming: false })
  try {
    return ok(await pool.run(order, { name: 'packSuite' }))
  } catch (error) {
    return err((error as Error).message)
  }
}
