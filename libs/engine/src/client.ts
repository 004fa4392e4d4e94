/* What clients of a coordinator need, free of heavy imports. */
export { attach, connectTo, socketPath, type CoordinatorConnection } from './coordinator/client.ts'
export { prestart } from './coordinator/prestart.ts'
export { isRunning, ownerProcess } from './coordinator/process-info.ts'
export {
  PROTOCOL_VERSION,
  type CacheHit,
  type CoordinatorConfig,
  type FinishResult,
  type OwnerProcess,
  type RunTally,
  type TaskAnswer,
  type TaskRequest,
} from './coordinator/protocol.ts'
export type { ChangeImpact } from './run/suite-request.ts'
export { MUSTER_VERSION } from './version.ts'
