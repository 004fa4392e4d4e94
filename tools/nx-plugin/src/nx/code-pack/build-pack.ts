import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { enterNx } from '../enter-nx.ts'
import type { NxOrder } from '../nx-order.ts'
import { writePack } from './pack-file.ts'
import { isPack } from './pack-place.ts'
import { recordPack } from './record-pack.ts'

/* A process of its own, when nobody waits: loads what a run loads of Nx, and packs it. Arguments: an NxOrder, the pack. */
const order = JSON.parse(process.argv[2] ?? '') as NxOrder
const place = process.argv[3] ?? ''
const pack = recordPack()
for (const affected of [true, false]) enterNx({ ...order, affected })
const folder = path.dirname(place)
// The run has made `.muster`; a workspace that was deleted meanwhile stays so.
if (existsSync(path.dirname(folder))) {
  mkdirSync(folder, { recursive: true })
  const others = readdirSync(folder).filter((name) => isPack(name) && name !== path.basename(place))
  writePack(place, pack())
  for (const name of others) rmSync(path.join(folder, name), { force: true })
}
// Nx may have opened what keeps a process alive.
process.exit(0)
