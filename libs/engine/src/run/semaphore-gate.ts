import type { Needs, Suite, UnitId } from '@muster/model'
import { needsSemaphores, type MachineSemaphores } from '../machine/machine-semaphores.ts'

/** Another run says nothing when it lets go; this is how often we look. */
const LOOK_AGAIN_MS = 200

export interface GateListener {
  /** These may be free now. */
  free(names: readonly string[]): void
  trouble(message: string): void
}

/**
 * Between the scheduler, which knows this run, and the semaphores that all runs of a machine share. What somebody else
 * holds is refused and looked at again until it is free.
 */
export class SemaphoreGate {
  private readonly open: () => Promise<MachineSemaphores>
  private readonly tell: GateListener
  private semaphores: Promise<MachineSemaphores> | undefined
  private readonly inside = new Set<UnitId>()
  private readonly awaited = new Set<string>()
  private readonly told = new Set<string>()
  private complained = false
  private timer: NodeJS.Timeout | undefined

  constructor(open: () => Promise<MachineSemaphores>, tell: GateListener) {
    this.open = open
    this.tell = tell
  }

  /** Names that another run holds; empty when the unit may go on. */
  async enter(unit: UnitId, { requires }: Suite): Promise<readonly string[]> {
    const held: Pick<Needs, 'semaphores' | 'exclusive'> = requires
    if (!needsSemaphores(held)) return []
    try {
      this.semaphores ??= this.open()
      const refused = await (await this.semaphores).acquire(unit, held)
      if (refused.length === 0) this.inside.add(unit)
      else {
        this.sayHeld(refused)
        this.lookAgain(refused)
      }
      return refused
    } catch (error) {
      this.complain(error)
      return []
    }
  }

  async leave(unit: UnitId): Promise<void> {
    if (!this.inside.delete(unit)) return
    try {
      await (await this.semaphores)?.release(unit)
    } catch (error) {
      this.complain(error)
    }
  }

  /** Once for each name: a run that only waits would look as if it hung. */
  private sayHeld(names: readonly string[]): void {
    for (const name of names) {
      if (this.told.has(name)) continue
      this.told.add(name)
      this.tell.trouble(`another run on this machine holds ${name}; what needs it waits`)
    }
  }

  /** Within this run the scheduler keeps them apart all the same. */
  private complain(error: unknown): void {
    if (this.complained) return
    this.complained = true
    const reason = error instanceof Error ? error.message : String(error)
    this.tell.trouble(`exclusive resources are not kept from other runs on this machine: ${reason}`)
  }

  close(): void {
    clearTimeout(this.timer)
    void this.semaphores?.then(
      (each) => each.close(),
      () => undefined,
    )
  }

  /** All that was refused is tried again: taking it is the only way to know whether it is free. */
  private lookAgain(names: readonly string[]): void {
    for (const name of names) this.awaited.add(name)
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      const again = [...this.awaited]
      this.awaited.clear()
      this.tell.free(again)
    }, LOOK_AGAIN_MS)
  }
}
