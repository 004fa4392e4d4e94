import { HAS_PROC } from '../processes/process-table.ts'
import { waitedForMs } from './proc-usage.ts'

let known = 0

/**
 * CPU milliseconds of our children that have ended since the last call; undefined without `/proc`. Asked when a
 * child has just ended, it is that child's, with what it had waited for. When two end in the same moment, the
 * first is given the time of both.
 */
export function reapedMs(): number | undefined {
  if (!HAS_PROC) return undefined
  const now = waitedForMs()
  const since = now - known
  known = now
  return since
}
