import { createRequire, syncBuiltinESMExports } from 'node:module'

/**
 * Shows the tests a main thread, as they would find it under the runner's own command: code that does
 * nothing in a thread would pass without having been tested. What a thread then can't do is refused, and
 * a refusal sends the unit to a process.
 */
export function poseAsMainThread(): void {
  const threads = createRequire(import.meta.url)('node:worker_threads') as Record<string, unknown>
  threads['isMainThread'] = true
  threads['threadId'] = 0
  syncBuiltinESMExports()
}
