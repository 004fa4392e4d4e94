import { simulate, lowerBound, rehearse } from '@muster/scheduler'
import { workload, capacityOf } from '/work/main/tools/bench/src/scheduling/workload.ts'
import { SHAPES } from '/work/main/tools/bench/src/scheduling/shapes.ts'
import { greedy, nxOrder, fifo } from '/work/main/tools/bench/src/scheduling/greedy.ts'
const W = Number(process.argv[2] ?? 8), seeds = Number(process.argv[3] ?? 10)
const sizes = (process.argv[4] ?? '30,100,1000').split(',').map(Number)
const q = (v:number[],p:number)=>{const s=[...v].sort((a,b)=>a-b);return s[Math.min(s.length-1,Math.floor(p*s.length))]!}
const all: Record<string,number[]> = {}
for (const res of [false,true]) for (const n of sizes) for (const shape of Object.keys(SHAPES)) {
  const rows: Record<string,number[]> = {}
  const put=(k:string,v:number)=>{(rows[k]??=[]).push(v);(all[k]??=[]).push(v)}
  const feed: Record<string,number[]> = {}
  for (let s=0;s<seeds;s++){
    const u = workload(shape,n,res,s*7919+n), capacity=capacityOf(W)
    const lb = lowerBound(u,capacity)
    const wsum=u.reduce((a,x)=>a+x.score,0)
    for (const objective of ["makespan+",'makespan','balanced','feedback'] as const){
      const r=simulate(objective==="feedback"||objective=="makespan"?u:rehearse(u,{capacity,objective:objective.replace("+","") as any,failFast:false}),{capacity,objective:objective==="makespan+"?"makespan":objective,failFast:false})
      if (r.makespanMs < lb-1e-6) throw new Error('below bound '+shape+' '+s)
      put(objective,r.makespanMs/lb)
      const by=new Map(r.units.map(x=>[x.unit,x.endMs]))
      ;(feed[objective]??=[]).push(u.reduce((a,x)=>a+x.score*by.get(x.id)!,0)/wsum/lb)
    }
    for (const [k,o] of [['nx',nxOrder],['fifo',fifo]] as const){
      const e=greedy(u,capacity,o); put(k,Math.max(...e.values())/lb)
      ;(feed[k]??=[]).push(u.reduce((a,x)=>a+x.score*e.get(x)!,0)/wsum/lb)
    }
  }
  console.log(res?'res ':'plain',String(n).padStart(5),shape.padEnd(12),...Object.entries(rows).map(([k,v])=>`${k} ${q(v,.5).toFixed(3)}/${q(v,.99).toFixed(3)} f${q(feed[k]!,.5).toFixed(3)}`.padEnd(32)))
}
console.log('ALL',...Object.entries(all).map(([k,v])=>`${k} ${q(v,.5).toFixed(3)}/${q(v,.99).toFixed(3)}`))
