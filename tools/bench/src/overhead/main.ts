// What the engine itself costs a unit, and where that goes. See README.md.
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { median } from '../median.ts'
import { cpuCosts } from './cpu-costs.ts'
import { measure, profile, type Overhead, type Setting } from './measure.ts'
import { PARTS } from './parts.ts'

const SHOWN = 25

const { values } = parseArgs({
  options: { units: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '3' } },
})
const units = Number(values.units)
const rounds = Array.from({ length: Number(values.rounds) })

const variants: readonly (Setting & { readonly name: string })[] = [
  { name: 'everything', units },
  { name: `everything, ${units / 10} units`, units: units / 10 },
  { name: `everything, ${units / 10} units that have failed before`, units: units / 10, history: true },
  { name: 'everything, units that have failed before', units, history: true },
  ...PARTS.map((part) => ({ name: `without ${part}`, units, without: [part] })),
]
const measured = variants.map((variant) => ({ variant, results: [] as Overhead[] }))
// Around all variants in each round, so that a machine that gets slower hurts all of them.
for (const _ of rounds) for (const { variant, results } of measured) results.push(measure(variant))

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}; medians of ${rounds.length}\n`,
)
console.log('| | plan µs CPU a unit | run µs CPU a unit | wall s | peak MiB | MiB before |')
console.log('| --- | --: | --: | --: | --: | --: |')
for (const { variant, results } of measured) {
  const { name, units: count } = variant
  const middle = (of: (result: Overhead) => number): number => median(results.map(of))
  const cells = [
    name,
    ((middle((each) => each.planCpuMs) / count) * 1000).toFixed(0),
    ((middle((each) => each.runCpuMs) / count) * 1000).toFixed(0),
    (middle((each) => each.wallMs) / 1000).toFixed(2),
    middle((each) => each.peakMiB).toFixed(0),
    middle((each) => each.beforeMiB).toFixed(0),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

const costs = cpuCosts(profile({ units }))
const total = costs.reduce((sum, { ms }) => sum + ms, 0)
console.log(`\nWhere ${total.toFixed(0)} ms went, loading included, under the profiler:\n`)
for (const { place, ms } of costs.slice(0, SHOWN)) {
  console.log(`${ms.toFixed(0).padStart(6)} ms ${((ms / total) * 100).toFixed(1).padStart(5)} %  ${place}`)
}
