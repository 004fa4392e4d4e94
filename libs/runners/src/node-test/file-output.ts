import type { EventData } from './test-event.ts'

/** Characters kept at least of each stream of a file: what a process wrote last says why it died. */
const LIMIT = 64 * 1024

interface Streams {
  readonly stdout: string
  readonly stderr: string
}

const SILENT: Streams = { stdout: '', stderr: '' }

/** What test files write. Node tells the file, never the test. */
export class FileOutput {
  private readonly byFile = new Map<string, Streams>()

  add(
    type: 'test:stdout' | 'test:stderr',
    file: string | undefined,
    { message = '' }: Pick<EventData, 'message'>,
  ): void {
    if (file === undefined) return
    const before = this.of(file)
    const stream = type === 'test:stdout' ? 'stdout' : 'stderr'
    const text = before[stream] + message
    // Not at every line: cutting copies.
    this.byFile.set(file, { ...before, [stream]: text.length > 2 * LIMIT ? text.slice(-LIMIT) : text })
  }

  forget(file: string): void {
    this.byFile.delete(file)
  }

  of(file: string): Streams {
    return this.byFile.get(file) ?? SILENT
  }
}
