import { simulate } from '@muster/scheduler'
import { workload, capacityOf } from './workload.ts'
const u=workload(process.argv[3]!,10000,true,5), capacity=capacityOf(Number(process.argv[2]))
const c=process.cpuUsage()
simulate(u,{capacity,objective:'makespan',failFast:false})
const d=process.cpuUsage(c); console.log((d.user+d.system)/1000)
