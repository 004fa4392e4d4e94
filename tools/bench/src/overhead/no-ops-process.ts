// Runs no-ops through the engine, once, and prints what that took; see measure.ts.
import { openMemory } from '@muster/engine/run'
import { noOpSuites } from './no-op-suites.ts'
import { PARTS } from './parts.ts'
import { brokenNow, rememberRuns } from './past-failures.ts'
import { runNoOps } from './run-no-ops.ts'

const [root = '', count = '', ...words] = process.argv.slice(2)
const without = new Set(PARTS.filter((part) => words.includes(part)))
const requests = noOpSuites(Number(count))
const names = requests.map(({ suite }) => suite.id)
const hasPast = words.includes('history')
if (hasPast) rememberRuns(openMemory(root), names, Date.now())
const broken = hasPast ? brokenNow(names) : new Set<string>()
const beforeMiB = process.memoryUsage.rss() / 2 ** 20
const startedAt = performance.now()
const before = process.cpuUsage()
let planned = before
await runNoOps(root, { requests, broken }, without, () => {
  planned = process.cpuUsage()
})
const wallMs = performance.now() - startedAt
const after = process.cpuUsage()
const cpuMs = (from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number =>
  (to.user - from.user + to.system - from.system) / 1000
console.log(
  JSON.stringify({
    planCpuMs: cpuMs(before, planned),
    runCpuMs: cpuMs(planned, after),
    wallMs,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    beforeMiB,
  }),
)
