import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EventData } from './test-event.ts'

/**
 * Which test file an event belongs to. Its `file` is where the test stands, maybe a helper; only Node 24 tells the test
 * file as well. Older ones tell when a file starts, which decides as long as there is one at a time.
 */
export class EventFiles {
  private readonly known = new Set<string>()
  private readonly running = new Set<string>()
  private current: string | undefined
  private parallel = false

  /** @returns absolute; undefined when nothing is certain */
  of({ file, entryFile }: EventData): string | undefined {
    const path = absolute(entryFile ?? file)
    if (path !== undefined && this.known.has(path)) return path
    // Node runs all files in its own process (--test-isolation=none): nothing else is known.
    if (this.known.size === 0) return path
    return this.parallel ? undefined : this.current
  }

  started(data: EventData): void {
    const file = this.isFile(data)
    if (file === undefined) return
    this.running.add(file)
    this.parallel ||= this.running.size > 1
    this.current = file
  }

  ended(file: string): void {
    this.running.delete(file)
  }

  enqueued(data: EventData): void {
    const file = this.isFile(data)
    if (file !== undefined) this.known.add(file)
  }

  /** @returns the absolute test file, when the event is about a file as a whole */
  isFile({ nesting, name, file, entryFile }: EventData): string | undefined {
    if (nesting !== 0 || name === undefined || file === undefined) return undefined
    const path = absolute(entryFile ?? file)
    // What a file's own process says of itself has the absolute path for its name; node's main process shortens it.
    return path === (entryFile === undefined ? resolve(name) : name) ? path : undefined
  }
}

const absolute = (file: string | undefined): string | undefined =>
  file?.startsWith('file:') === true ? fileURLToPath(file) : file
