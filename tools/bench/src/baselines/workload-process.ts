// A process that measures one piece of work, or only keeps a core busy: `node workload-process.js SAMPLES|busy`.
import { performance } from 'node:perf_hooks'

const WARM_UP = 10

const [what = 'busy'] = process.argv.slice(2)
if (what === 'busy') {
  process.once('disconnect', () => process.exit())
  keepBusy()
} else {
  for (let round = 0; round < WARM_UP; round++) work()
  const samples = Array.from({ length: Number(what) }, () => {
    const start = performance.now()
    work()
    return Number((performance.now() - start).toPrecision(5))
  })
  console.log(JSON.stringify(samples))
}

/** What benchmarks of libraries mostly do: allocate, hash, sort. A few milliseconds. */
function work(): number {
  const entries = Array.from({ length: 6000 }, (_, index) => ({ id: `case ${(index * 7919) % 6007}`, index }))
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const text = JSON.stringify([...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
  return (JSON.parse(text) as unknown[]).length
}

/** In slices, so that the parent's end is noticed. */
function keepBusy(): void {
  const end = performance.now() + 50
  while (performance.now() < end) work()
  setImmediate(keepBusy)
}
