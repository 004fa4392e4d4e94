// Runs no-ops through the engine, once, and prints what that took; see measure.ts.
import { runNoOps } from './run-no-ops.ts'
import { PARTS } from './parts.ts'

const [root = '', count = '', ...without] = process.argv.slice(2)
const beforeMiB = process.memoryUsage.rss() / 2 ** 20
const startedAt = performance.now()
const before = process.cpuUsage()
let planned = before
await runNoOps(root, Number(count), new Set(PARTS.filter((part) => without.includes(part))), () => {
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
