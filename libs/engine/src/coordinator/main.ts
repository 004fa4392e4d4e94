import type { Socket } from 'node:net'
import type { Coordinator } from './coordinator.ts'
import { listen } from './listen.ts'
import type { CoordinatorConfig } from './protocol.ts'
import { testEnv } from './test-env.ts'

/*
 * Entry of the coordinator process; its one argument is a CoordinatorConfig.
 *
 * What others wait for comes first: the socket, then the workers, which boot while the rest is loaded.
 */
const config = JSON.parse(process.argv[2] ?? '{}') as CoordinatorConfig
let coordinator: Coordinator | undefined
const early: Socket[] = []
const server = await listen(config.socket, (socket) => {
  if (coordinator) coordinator.welcome(socket)
  // Whoever goes away before being welcomed is no trouble.
  else early.push(socket.on('error', () => {}))
})
// Another coordinator of this run was faster: it serves everybody.
if (server) {
  const { createPool } = await import('@muster/workers')
  const env = testEnv()
  const pool = createPool({ workers: config.workers, root: config.root, env })
  const { Coordinator } = await import('./coordinator.ts')
  coordinator = new Coordinator(config, server, pool, env)
  for (const socket of early) if (!socket.destroyed) coordinator.welcome(socket)
}
