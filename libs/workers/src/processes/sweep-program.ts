/** Program, started by the guardian: sweeps the pool that is its argument. */
import { ProcessFinder } from './process-finder.ts'
import { sweep } from './sweep.ts'

await sweep(new ProcessFinder(process.argv[2] ?? ''))
