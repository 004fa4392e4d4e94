import { simulate, lowerBound } from '@muster/scheduler'
import { workload, capacityOf } from './workload.ts'
import { SHAPES } from './shapes.ts'
const g = globalThis as any
const W=8
const sets=[] as any[]
for (const res of [false,true]) for (const n of [30,100,600]) for (const shape of Object.keys(SHAPES)) for (let s=0;s<6;s++){
  const u=workload(shape,n,res,s*7919+n), capacity=capacityOf(W)
  sets.push({u,capacity,lb:lowerBound(u,capacity),w:u.reduce((a,x)=>a+x.score,0),res,n})
}
const variants:any[]=[0,0.15,0.3,0.5,1].map(k=>['g'+k,0,k,'makespan',0]);for(const k of [0.3,1,3])variants.push(['k'+k,k,0,'makespan',1])
for (const [name,b,c,objective,m] of variants){
  g.__k=b; g.__g=c; g.__m=m
  const acc:Record<string,number[][]>={}
  for(const {u,capacity,lb,w,res,n} of sets){
    const r=simulate(u,{capacity,objective:objective as any,failFast:false})
    const by=new Map(r.units.map(x=>[x.unit,x.endMs]))
    ;(acc[`${res?'res':'plain'}${n}`]??=[]).push([r.makespanMs/lb,u.reduce((a:number,x:any)=>a+x.score*by.get(x.id)!,0)/w/lb])
  }
  console.log(name.padEnd(10),...Object.entries(acc).map(([k,v])=>`${k} ${(v.reduce((a,x)=>a+x[0]!,0)/v.length).toFixed(3)} f${(v.reduce((a,x)=>a+x[1]!,0)/v.length).toFixed(3)}`.padEnd(24)))
}
