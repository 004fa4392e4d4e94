import type { EndMessage } from '../runner.ts'
import type { MochaEventSource } from './mocha-api.ts'

/**
 * Takes part in a run from before its `start`.
 * @returns what the `end` message says of it beyond the counts; asked when the run has ended
 */
export type RunWatch = (runner: MochaEventSource) => () => Omit<EndMessage, 'type' | 'counts'>
