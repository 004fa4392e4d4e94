import { Coordinator } from './coordinator.ts'
import type { CoordinatorConfig } from './protocol.ts'

/* Entry of the coordinator process; its one argument is a CoordinatorConfig. */
const config = JSON.parse(process.argv[2] ?? '{}') as CoordinatorConfig
const coordinator = new Coordinator(config)
if (!(await coordinator.listen())) process.exit(0)
