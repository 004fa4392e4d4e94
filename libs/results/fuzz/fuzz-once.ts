import { RESULT_FORMATS, type ResultFormat } from '@muster/model'
import { type ReadResults, readResults, sniffInput } from '@muster/results'
import type { TestCase } from '@muster/model'
import { mutate } from './mutate.ts'
import { Random } from './random.ts'
import type { CorpusFile } from './read-corpus.ts'

/** Milliseconds. */
const MAX_PARSE_MS = 1000
/** Of all texts of one case, in UTF-16 code units: what limits.ts allows, twice over. */
const MAX_CASE = 4 * 1024 * 1024

export interface FuzzRun {
  readonly file: string
  readonly format: ResultFormat
  readonly bytes: Buffer
  readonly cases: number
  /** What the reader did that it must never do. */
  readonly problem?: string
}

/** One run of a campaign: a file of the corpus, mutated, read in its format or, one time in five, in another. */
export async function fuzzOnce(corpus: readonly CorpusFile[], seed: number, run: number): Promise<FuzzRun> {
  const random = new Random(seed, run)
  const { name, bytes, format: own } = random.pick(corpus)
  const mutated = mutate(
    bytes,
    random,
    corpus.map((file) => file.bytes),
  )
  const format = own === undefined || random.below(5) === 0 ? random.pick(RESULT_FORMATS) : own
  const told = { file: name, format, bytes: mutated }
  try {
    const before = performance.now()
    const { cases, complete, warnings, totals } = await read(mutated, format)
    const slow = performance.now() - before > MAX_PARSE_MS
    const problem =
      (slow ? await slowness(mutated, format) : undefined) ??
      (!complete && warnings.length === 0 ? 'is incomplete without a warning' : undefined) ??
      (totals.tests !== cases.length ? 'counts other cases than it gives' : undefined) ??
      cases.map(wrongCase).find((each) => each !== undefined)
    return { ...told, cases: cases.length, ...(problem !== undefined && { problem }) }
  } catch (error) {
    return { ...told, cases: 0, problem: `threw ${(error as Error).stack ?? String(error)}` }
  }
}

async function read(bytes: Buffer, format: ResultFormat): Promise<ReadResults> {
  const { input } = await sniffInput(once(bytes))
  return readResults(format, input)
}

/** Again, in CPU time: a busy machine is no finding. */
async function slowness(bytes: Buffer, format: ResultFormat): Promise<string | undefined> {
  const before = process.cpuUsage()
  await read(bytes, format)
  const { user, system } = process.cpuUsage(before)
  const took = (user + system) / 1000
  return took > MAX_PARSE_MS ? `took ${Math.round(took)} ms of CPU time` : undefined
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

function wrongCase({
  path,
  status,
  durationMs,
  error,
  earlierErrors = [],
  stdout,
  stderr,
}: TestCase): string | undefined {
  if (path.length === 0) return 'gives a case without a name'
  if (!Number.isFinite(durationMs) || durationMs < 0) return `gives a duration of ${durationMs}`
  if ((status === 'failed') !== (error !== undefined))
    return `gives a ${status} case ${error ? 'with' : 'without'} an error`
  const errors = error ? [error, ...earlierErrors] : earlierErrors
  const texts = [...path, stdout, stderr, ...errors.flatMap(({ message, stack }) => [message, stack])]
  const size = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
  return size > MAX_CASE ? `gives a case of ${size} characters` : undefined
}
