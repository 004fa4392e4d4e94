import { writeFileSync } from 'node:fs'
import { changePoints } from '@muster/baselines'
import { calibrate } from './calibration.ts'
import { calibrateChanges } from './change-calibration.ts'
import { record } from './record.ts'
import { readRecording } from './recording.ts'
import { readSeries } from './series-file.ts'
import { recordedSources, syntheticSources } from './sources.ts'
import { changeTable, pointsTable, ruleTables } from './tables.ts'
import { taskOf, USAGE, type Task } from './task.ts'

const RECORDED = new URL('../../samples/recorded-noise.json', import.meta.url)

const task = taskOf(process.argv.slice(2))
if (task.ok) process.exitCode = perform(task.value)
else {
  console.error(`${task.error}\n\n${USAGE}`)
  process.exitCode = 2
}

function perform(wanted: Task): number {
  switch (wanted.what) {
    case 'series':
      return printChanges(wanted.file, wanted.seed, wanted.json)
    case 'calibrate':
      return printCalibration(wanted)
    case 'record': {
      const recording = record(wanted.runs, wanted.samples, (line) => console.error(line))
      const runs = recording.runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n')
      const facts = JSON.stringify({ ...recording, runs: [] }, null, 2)
      writeFileSync(wanted.file, `${facts.replace('"runs": []', () => `"runs": [\n${runs}\n  ]`)}\n`)
      return 0
    }
  }
}

function printChanges(file: string, seed: number, json: boolean): number {
  const series = readSeries(file)
  if (!series.ok) {
    console.error(series.error)
    return 1
  }
  const found = Object.fromEntries(
    Object.entries(series.value).map(([name, points]) => [name, changePoints(points, { seed })]),
  )
  console.log(json ? JSON.stringify({ changePoints: found }, null, 2) : pointsTable(found))
  return 0
}

function printCalibration({
  quick,
  samples,
  spread,
  seed,
  json,
}: Extract<Task, { what: 'calibrate' }>): number {
  const recording = readRecording(RECORDED)
  if (!recording.ok) {
    console.error(recording.error)
    return 1
  }
  const sources = [...syntheticSources(samples, spread), ...recordedSources(recording.value, samples)]
  const rules = calibrate(sources, quick ? 400 : 20_000, seed)
  const changes = calibrateChanges(quick ? 20 : 1000, seed)
  if (json) console.log(JSON.stringify({ samples, spread, rules, changes }, null, 2))
  else {
    console.log(
      `${samples} samples a run, made-up noise with a deviation of ${spread * 100} %; regressions told per 1,000 comparisons\n`,
    )
    console.log(`${ruleTables(rules)}\n\n${changeTable(changes)}`)
  }
  return 0
}
