// Feeds mutated result files to every reader of @muster/results: none may throw, take longer than a second, or need
// more than 256 MB. A run is decided by the seed and its number, so that a finding can be had again.
//
//   node tools/scripts/fuzz-results.mjs [--runs 100000] [--seed 1] [--from 0] [--finding FILE]
import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './lib/workspace.mjs'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    finding: { type: 'string', default: 'fuzz-finding.bin' },
  },
})
/** Seconds without a word from the campaign: a parse that has no end. A loaded machine takes some for the start. */
const SILENCE = 30

const started = performance.now()
const child = fork(
  join(ROOT, 'libs/results/fuzz/main.ts'),
  [values.seed, values.from, values.runs, resolve(values.finding)],
  { execArgv: ['--import=tsx', '--conditions=@muster/source', '--max-old-space-size=256'], cwd: ROOT },
)
let last = { run: Number(values.from), cases: 0, peak: 0 }
let hung = false
let stopped = false
let timer = silence()
child.on('message', (message) => {
  last = message
  clearTimeout(timer)
  timer = silence()
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true
    child.kill()
  })
}
child.on('exit', (code, signal) => {
  clearTimeout(timer)
  const runs = last.run - Number(values.from)
  const seconds = (performance.now() - started) / 1000
  const figures = `${runs} runs, seed ${values.seed}, ${last.cases} test cases read, ${seconds.toFixed(1)} s, peak ${Math.round(last.peak / 1e6)} MB`
  if (code === 0 || stopped) console.log(`${stopped ? 'stopped; ' : ''}no finding in ${figures}`)
  else {
    const what = hung ? 'a parse without an end' : `the campaign ended with ${signal ?? `code ${code}`}`
    console.error(`${what} at or soon after run ${last.run} (${figures})`)
    process.exitCode = 1
  }
})

function silence() {
  return setTimeout(() => {
    hung = true
    child.kill('SIGKILL')
  }, SILENCE * 1000)
}
