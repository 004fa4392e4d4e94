/** Program, started by the guardian: sweeps the pool that is its argument. */
import { sweepCells } from '../cgroups/sweep-cells.ts'
import { ProcessFinder } from './process-finder.ts'
import { sweep } from './sweep.ts'

const pool = process.argv[2] ?? ''
await sweepCells(pool)
await sweep(new ProcessFinder(pool))
// What the marker found may have been what held a cgroup.
await sweepCells(pool)
