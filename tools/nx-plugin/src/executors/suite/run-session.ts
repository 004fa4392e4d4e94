import {
  attach,
  type ChangeImpact,
  type CoordinatorConfig,
  type CoordinatorConnection,
  type TaskAnswer,
  type TaskRequest,
} from '@muster/engine/client'

/**
 * One attachment to the run's coordinator: asks for tasks and hands over answers as they come. Ends when all
 * are answered, when the caller has enough (a slice), or when the coordinator is lost; whatever was asked for
 * and not answered is then `open`.
 */
export class RunSession {
  private readonly queue: TaskAnswer[] = []
  private readonly openTasks: Set<string>
  private wake: () => void = () => {}
  private lost: string | undefined
  private readonly connection: CoordinatorConnection

  static async start(
    config: CoordinatorConfig,
    tasks: readonly TaskRequest[],
    env?: NodeJS.ProcessEnv,
  ): Promise<RunSession | undefined> {
    const connection = await attach(config, env)
    return connection && new RunSession(connection, tasks)
  }

  private constructor(connection: CoordinatorConnection, tasks: readonly TaskRequest[]) {
    this.connection = connection
    this.openTasks = new Set(tasks.map((each) => each.task))
    connection.onMessage((message) => {
      if (message.type === 'answer' && this.openTasks.delete(message.answer.task))
        this.queue.push(message.answer)
      if (message.type === 'refused') this.lost = `the coordinator refused: ${message.reason}`
      this.wake()
    })
    connection.onClose(() => {
      this.lost ??= 'the coordinator process of this run ended unexpectedly'
      this.wake()
    })
    connection.send({ type: 'run', tasks })
  }

  sendHashes(
    hashes: Readonly<Record<string, string>>,
    impacts: Readonly<Record<string, ChangeImpact>>,
  ): void {
    this.connection.send({ type: 'hashes', hashes, impacts })
  }

  stop(reason: string, now: boolean): void {
    this.connection.send({ type: 'stop', reason, now })
  }

  /** Why no more answers will come; undefined while all is well. */
  get trouble(): string | undefined {
    return this.openTasks.size > 0 ? this.lost : undefined
  }

  get open(): ReadonlySet<string> {
    return this.openTasks
  }

  /** Answers until all are in, the coordinator is lost, or `deadline` has passed with at least one answer given. */
  async *answers(sliceMs: number): AsyncGenerator<TaskAnswer> {
    let given = 0
    const sliceEnd = Date.now() + sliceMs
    for (;;) {
      const next = this.queue.shift()
      if (next) {
        given++
        yield next
        continue
      }
      if (this.openTasks.size === 0 || this.lost !== undefined) return
      const left = sliceEnd - Date.now()
      if (given > 0 && left <= 0) return
      await new Promise<void>((resolve) => {
        const timer = given > 0 ? setTimeout(resolve, left) : undefined
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  close(): void {
    this.connection.close()
  }
}
