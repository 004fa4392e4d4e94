import { appendFileSync, readFileSync } from 'node:fs'
import type { UnitMessage } from '../runner.ts'
import { FEED, TOLD } from './tool-input.ts'

export interface FeedEnd<T> {
  /** `reporter` of the `ToolInput`. */
  readonly told: T
  /** Written at once: it is kept even if the process dies right after. */
  readonly emit: (message: UnitMessage) => void
}

/**
 * For a reporter of ours inside a tool: its end of the feed.
 * @returns undefined when no `tool-entry` listens, as in a tool that a test has started
 */
export function connectFeed<T>(): FeedEnd<T> | undefined {
  const file = process.env[FEED]
  if (file === undefined || file === '') return undefined
  // Whatever the tests start must not speak for them.
  delete process.env[FEED]
  return {
    told: JSON.parse(readFileSync(file + TOLD, 'utf8')) as T,
    emit: (message) => appendFileSync(file, `${JSON.stringify(message)}\n`),
  }
}
