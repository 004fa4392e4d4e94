import { parseArgs } from 'node:util'
import { err, ok, type Result } from '@muster/model'
import { readHistory } from './read-history.ts'
import { replayShapes } from './replay-shapes.ts'
import { replay } from './replay.ts'
import { historyTable, shapesTable } from './scores-table.ts'

const USAGE = `How well do orders of tests find failures early? Replays a history without looking ahead.

  node tools/bench/prioritisation.mjs FILE.csv[.gz] [--json]      a history: Name, Verdict, BuildId or Cycle, Duration
  node tools/bench/prioritisation.mjs --synthetic SEEDS [--json]  made-up projects of different kinds`

type Task =
  | { readonly what: 'history'; readonly file: string; readonly json: boolean }
  | { readonly what: 'synthetic'; readonly seeds: number; readonly json: boolean }

function taskOf(args: readonly string[]): Result<Task, string> {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, synthetic: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
  const { json, synthetic } = parsed.values
  if (synthetic === undefined) {
    const [file, ...more] = parsed.positionals
    return file === undefined || more.length > 0 ? err('give one file') : ok({ what: 'history', file, json })
  }
  const seeds = Number(synthetic)
  if (!Number.isInteger(seeds) || seeds < 1)
    return err(`--synthetic ${synthetic}: a number of seeds, 1 or more`)
  return ok({ what: 'synthetic', seeds, json })
}

async function printHistory(file: string, json: boolean): Promise<number> {
  const history = await readHistory(file)
  if (!history.ok) {
    console.error(history.error)
    return 1
  }
  const { cycles, rows, warnings } = history.value
  for (const warning of warnings) console.error(`warning: ${warning}`)
  const result = replay(cycles)
  if (json) console.log(JSON.stringify(result, null, 2))
  else {
    console.log(`${rows} verdicts, ${cycles.length} cycles, ${result.cycles} of them with failures\n`)
    console.log(
      result.cycles === 0 ? 'Without failures no order is better than another.' : historyTable(result),
    )
  }
  return 0
}

function printSynthetic(seeds: number, json: boolean): void {
  const shapes = replayShapes(seeds)
  if (json) {
    console.log(JSON.stringify(shapes, null, 2))
    return
  }
  for (const measure of ['apfd', 'apfdc'] as const) {
    const rows = shapes.map((each) => ({ name: each.name, scores: each[measure] }))
    console.log(`${shapesTable(measure === 'apfd' ? 'APFD' : 'APFDc', rows)}\n`)
  }
}

const task = taskOf(process.argv.slice(2))
if (!task.ok) {
  console.error(`${task.error}\n\n${USAGE}`)
  process.exitCode = 2
} else if (task.value.what === 'history') {
  process.exitCode = await printHistory(task.value.file, task.value.json)
} else {
  printSynthetic(task.value.seeds, task.value.json)
}
