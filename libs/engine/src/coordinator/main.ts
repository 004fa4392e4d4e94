import { Coordinator } from './coordinator.ts'
import { listen } from './listen.ts'
import type { CoordinatorConfig } from './protocol.ts'

/* Entry of the coordinator process; its one argument is a CoordinatorConfig. */
const config = JSON.parse(process.argv[2] ?? '{}') as CoordinatorConfig
let coordinator: Coordinator | undefined
const server = await listen(config.socket, (socket) => coordinator?.welcome(socket))
// Another coordinator of this run was faster: it serves everybody.
if (server) coordinator = new Coordinator(config, server)
