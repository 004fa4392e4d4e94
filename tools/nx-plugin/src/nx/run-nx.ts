import { createRequire } from 'node:module'
import { useCodePack } from './code-pack/use-code-pack.ts'
import { enterNx } from './enter-nx.ts'
import { nxCommandLine, type NxOrder } from './nx-order.ts'

export type { NxOrder } from './nx-order.ts'

/* The nx process of `muster run`; its one argument is an NxOrder. */
const order = JSON.parse(process.argv[2] ?? '') as NxOrder
// Nx's records and other plugins' hooks are told the command line.
process.argv.splice(1, Infinity, order.nx, ...nxCommandLine(order))
useCodePack(order)
const run = enterNx(order)
if (run) process.exit(await run())
else createRequire(import.meta.url)(order.nx)
