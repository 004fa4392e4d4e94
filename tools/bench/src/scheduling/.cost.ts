import { simulate, lowerBound, rehearse, makePlan } from '@muster/scheduler'
import { workload, capacityOf } from './workload.ts'
import { SHAPES } from './shapes.ts'
for (const W of [1,2,8,64,1000]) for (const shape of Object.keys(SHAPES)) for (const res of [false,true]) {
  const u=workload(shape,10000,res,5), capacity=capacityOf(W)
  const out:string[]=[]
  for (const objective of ['makespan','balanced','feedback'] as const){
    const c=process.cpuUsage(); const r=simulate(u,{capacity,objective,failFast:false}); const d=process.cpuUsage(c)
    out.push(`${objective} ${((d.user+d.system)/1000).toFixed(0)}ms`)
  }
  const c=process.cpuUsage(); lowerBound(u,capacity); const d=process.cpuUsage(c)
  console.log(W,shape,res,...out,'bound',((d.user+d.system)/1000).toFixed(0),'rss',(process.memoryUsage().rss/1e6).toFixed(0))
}
