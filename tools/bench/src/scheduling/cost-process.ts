// Schedules one workload and prints what that took; see cost.ts.
import { simulate } from '@muster/scheduler'
import { capacityOf, workload } from './workload.ts'

const [shape = 'layered', units = '10000', workers = '8'] = process.argv.slice(2)
const some = workload(shape, Number(units), true, 1)
const capacity = capacityOf(Number(workers))
const beforeMiB = process.memoryUsage.rss() / 2 ** 20
const before = process.cpuUsage()
simulate(some, { capacity, objective: 'balanced', failFast: false })
const { user, system } = process.cpuUsage(before)
const peakMiB = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, peakMiB, beforeMiB }))
