import { simulate, lowerBound } from '@muster/scheduler'
import { workload, capacityOf } from './workload.ts'
import { SHAPES } from './shapes.ts'
import { Random } from './random.ts'
const g = globalThis as any
const W=8
for (const res of [false,true]) for (const n of [30,100]) for (const shape of Object.keys(SHAPES)) {
  const out:number[][]=[]
  for (let s=0;s<15;s++){
    const u=workload(shape,n,res,s*7919+n), capacity=capacityOf(W)
    const lb=lowerBound(u,capacity)
    g.__noise=undefined
    const base=simulate(u,{capacity,objective:'makespan',failFast:false}).makespanMs/lb
    let best=base, b20=base
    const r=new Random(1)
    g.__noise=()=>Math.exp(0.3*r.normal())
    if (base>1.02) for(let i=0;i<200;i++){ const m=simulate(u,{capacity,objective:'makespan',failFast:false}).makespanMs/lb; if(m<best)best=m; if(i<20&&m<b20)b20=m}
    out.push([base,b20,best])
  }
  const mean=(k:number)=>(out.reduce((a,x)=>a+x[k]!,0)/out.length).toFixed(3)
  const max=(k:number)=>Math.max(...out.map(x=>x[k]!)).toFixed(3)
  console.log(res?'res':'plain',n,shape,'base',mean(0),max(0),'20',mean(1),max(1),'200',mean(2),max(2))
}
