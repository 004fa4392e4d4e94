import { writeFileSync } from 'node:fs'
import { fuzzOnce } from './fuzz-once.ts'
import { readCorpus } from './read-corpus.ts'

/* A campaign's process: `main.ts SEED FROM RUNS REPORT`. Tells its parent where it is, and ends with 1 at a finding. */

const [seed = 1, from = 0, runs = 1] = process.argv.slice(2, 5).map(Number)
const [, , , , , findingFile = 'finding'] = process.argv
/** How often the parent is told; it takes silence for an endless parse. */
const TELL_MS = 200

const corpus = readCorpus()
let toldAt = 0
let cases = 0
let peak = 0
for (let run = from; run < from + runs; run++) {
  const now = performance.now()
  if (now - toldAt > TELL_MS) {
    toldAt = now
    peak = Math.max(peak, process.memoryUsage.rss())
    process.send?.({ run, cases, peak })
  }
  const done = await fuzzOnce(corpus, seed, run)
  cases += done.cases
  if (done.problem !== undefined) {
    writeFileSync(findingFile, done.bytes)
    console.error(
      `run ${run} of seed ${seed}: ${done.file}, mutated, read as ${done.format}: ${done.problem}`,
    )
    console.error(`the input (${done.bytes.length} bytes) is in ${findingFile}`)
    process.exitCode = 1
    break
  }
}
process.send?.({ run: from + runs, cases, peak: Math.max(peak, process.memoryUsage.rss()) })
process.disconnect?.()
