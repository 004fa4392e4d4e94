// Predicted against actual durations, of a workspace's runs or made up. See README.md.
import { parseArgs } from 'node:util'
import { accuracyTable, measure, type ReplayRow } from './accuracy-table.ts'
import { PREDICTORS } from './predictors.ts'
import { readRuns } from './read-runs.ts'
import { replayRuns, type Prediction } from './replay-runs.ts'
import { SCENARIOS, syntheticRuns } from './synthetic-runs.ts'

const USAGE = `usage: replay.ts WORKSPACE [--json]       the journals in WORKSPACE/.muster/runs
       replay.ts --synthetic [--seeds N] [--json]`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    synthetic: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})
const [root] = positionals
const seeds = Number(values.seeds)
if (values.synthetic && root === undefined && Number.isInteger(seeds) && seeds > 0) showSynthetic()
else if (!values.synthetic && root !== undefined) await showWorkspace(root)
else {
  console.error(USAGE)
  process.exitCode = 2
}

function showSynthetic(): void {
  const table = SCENARIOS.map((scenario) => ({
    name: scenario.name,
    predictions: Array.from({ length: seeds }, (_, seed) =>
      replayRuns(syntheticRuns(scenario, seed), PREDICTORS),
    ).flat(),
  }))
  show(`10 to 40 suites, 40 runs, 2 cores, ${seeds} seeds each`, 'scenario', table)
}

async function showWorkspace(workspace: string): Promise<void> {
  const runs = await readRuns(workspace)
  const predictions = replayRuns(runs, PREDICTORS)
  const byRun = groupByRun(predictions)
  const rows = [...byRun].map(([index, own]) => {
    const { at, workers, suites } = runs[index]!
    return {
      name: `${new Date(at).toISOString()}, ${suites.length} suites, ${workers} workers`,
      predictions: own,
    }
  })
  show(`${runs.length} runs`, 'run', [...rows, { name: 'all', predictions }])
}

function groupByRun(predictions: readonly Prediction[]): Map<number, Prediction[]> {
  const groups = new Map<number, Prediction[]>()
  for (const each of predictions) {
    const group = groups.get(each.run)
    if (group) group.push(each)
    else groups.set(each.run, [each])
  }
  return groups
}

function show(title: string, what: string, rows: readonly ReplayRow[]): void {
  const measured = rows.map(measure)
  console.log(
    values.json ? JSON.stringify({ title, rows: measured }, null, 2) : accuracyTable(title, what, measured),
  )
}
