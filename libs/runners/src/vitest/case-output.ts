import type { VitestLog } from './vitest-api.ts'

/** Characters kept of each stream of a case. */
const LIMIT = 64 * 1024

interface Streams {
  readonly stdout?: string
  readonly stderr?: string
}

/** What tests write to the console, by the test that vitest names. */
export class CaseOutput {
  private readonly byTask = new Map<string, Streams>()

  add({ content, type, taskId }: VitestLog): void {
    if (taskId === undefined) return
    const before = this.byTask.get(taskId)
    const text = before?.[type] ?? ''
    if (text.length >= LIMIT) return
    this.byTask.set(taskId, { ...before, [type]: (text + content).slice(0, LIMIT) })
  }

  /** Once: it is forgotten then. */
  take(taskId: string): Streams {
    const streams = this.byTask.get(taskId)
    this.byTask.delete(taskId)
    return streams ?? {}
  }
}
