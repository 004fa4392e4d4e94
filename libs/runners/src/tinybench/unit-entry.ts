import { relative, sep } from 'node:path'
import { isTight } from '@muster/baselines'
import type { RunUnit } from '../runner.ts'
import { workspacePath } from '../workspace-path.ts'
import type { BenchInput } from './bench-input.ts'
import { FileResults } from './file-results.ts'
import { runRound } from './round-process.ts'

/** Enough has been measured when the interval of each median is within this much of it. */
const TIGHT = 0.02

export const runUnit: RunUnit = async (input, emit) => {
  const bench = input as BenchInput
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of bench.files) {
    for (const testCase of (await measureFile(bench, file)).cases()) {
      counts[testCase.status]++
      emit({ type: 'case', case: testCase })
    }
  }
  emit({ type: 'end', counts })
}

/** Round after round until it is known well enough, or time is up. */
async function measureFile(
  { root, cwd, tinybench, nodeArgs, prefix, spec }: BenchInput,
  file: string,
): Promise<FileResults> {
  const results = new FileResults(workspacePath(root, file), titleOf(cwd, file))
  const start = performance.now()
  for (let round = 0; round < spec.maxRounds; round++) {
    const enough = results.samples.every((samples) => isTight(samples, TIGHT))
    if (round >= spec.rounds && (enough || performance.now() - start > spec.budgetMs)) break
    const order = {
      file,
      tinybench,
      warmup: spec.warmup,
      sliceMs: spec.sliceMs,
      round,
      failed: results.failed,
    }
    const died = await runRound(order, { cwd, nodeArgs, prefix, quiet: round > 0 }, (message) => {
      if (message.type === 'measured') results.add(message.path, message.slice)
      if (message.type === 'failed') results.fail(message.path, message.error)
      if (message.type === 'unusable') results.break(message.error)
    })
    if (died !== undefined) results.break({ message: `the process that measures it ${died}` })
    if (results.isBroken || results.samples.length === 0) break
  }
  return results
}

/** `codec/parse` for `codec/parse.bench.ts`. */
const titleOf = (cwd: string, file: string): string =>
  relative(cwd, file)
    .split(sep)
    .join('/')
    .replace(/(\.bench)?\.[cm]?[jt]s$/, '')
