import { leaveWhenTold } from '../../src/executors/suite/leave-when-told.ts'

// Stays alive by its channel, as Nx's worker does.
process.on('message', (message) => process.send?.(message))
leaveWhenTold(50)
