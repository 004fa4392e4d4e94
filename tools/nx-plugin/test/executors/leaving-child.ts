import { leaveWhenTold } from '../../src/executors/suite/leave-when-told.ts'

// Stays alive by its channel, as Nx's worker does.
process.on('message', (message) => process.send?.(message))
const stopped = process.argv[2] === 'stopped'
leaveWhenTold(() => stopped, stopped ? 3_600_000 : 50)
