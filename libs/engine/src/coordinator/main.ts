import type { Socket } from 'node:net'
import { cacheDir } from '../journal/run-store.ts'
import { listen } from './listen.ts'
import type { CoordinatorStart } from './protocol.ts'
import type { Reception } from './reception.ts'
import { testEnv } from './test-env.ts'

/*
 * Entry of the coordinator process; its one argument is a CoordinatorStart.
 *
 * What others wait for comes first: the socket, then the workers, which boot while the rest is loaded.
 */
const start = JSON.parse(process.argv[2] ?? '{}') as CoordinatorStart
let reception: Reception | undefined
const early: Socket[] = []
const server = await listen(start.socket, (socket) => {
  if (reception) reception.meet(socket)
  // Whoever goes away before being met is no trouble.
  else early.push(socket.on('error', () => {}))
})
// Another coordinator of this run was faster: it serves everybody.
if (server) {
  const { createPool } = await import('@muster/workers')
  const pool = createPool({ workers: start.workers, root: start.root, env: testEnv() })
  const { Reception } = await import('./reception.ts')
  reception = new Reception(start, server, pool)
  for (const socket of early) if (!socket.destroyed) reception.meet(socket)
  const { warmRunners } = await import('@muster/runners')
  await warmRunners(start.root, cacheDir(start.root))
}
