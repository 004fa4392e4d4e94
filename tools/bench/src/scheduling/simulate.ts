// How good and how costly the scheduler's orders are, on a virtual clock. See README.md.
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureCost } from './cost.ts'
import { qualityTable } from './quality-table.ts'
import { racesOf, runRace } from './quality.ts'
import { SHAPES } from './shapes.ts'

const WORKERS = [1, 2, 8, 64, 1000]

const { values } = parseArgs({
  options: {
    units: { type: 'string', default: '10000' },
    seeds: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})
const units = Number(values.units)
const seeds = Array.from({ length: Number(values.seeds) }, (_, n) => n + 1)

const say = (text: string): void => {
  if (!values.json) console.log(text)
}
const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`
say(`${machine}; makespan / lower bound: median / p99, mean end weighted by score / lower bound\n`)
const small = racesOf([30, 100, 1000], [8]).flatMap((race) => seeds.flatMap((seed) => runRace(race, seed)))
say(`## 8 workers, ${seeds.length} seeds\n\n${qualityTable(small)}\n`)
const large = racesOf([units], WORKERS).flatMap((race) => runRace(race, 1))
say(`## ${units} units, one seed\n\n${qualityTable(large)}\n`)
const costs = WORKERS.flatMap((workers) =>
  Object.keys(SHAPES).map((shape) => measureCost(shape, units, workers)),
)
say(`## Cost of ${units} units with resources, balanced\n`)
for (const { workers, shape, cpuMs, peakMiB, beforeMiB } of costs) {
  say(
    `${workers} workers, ${shape}: ${cpuMs.toFixed(0)} ms CPU, ${peakMiB.toFixed(0)} MiB at most (${beforeMiB.toFixed(0)} before)`,
  )
}
if (values.json) console.log(JSON.stringify({ machine, small, large, costs }, null, 2))
