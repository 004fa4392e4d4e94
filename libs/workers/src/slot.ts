import type { ActualIsolation } from '@muster/model'

import type { HostProcess } from './host-process.ts'
import type { HostSetting } from './host-setting.ts'

/**
 * The hosts of one slot: the one kept from unit to unit (for threads, or for `none`, never for both:
 * what a unit does to the process outlives it), and a fresh one prepared for the next unit in a process.
 */
export class Slot {
  readonly #start: (setting: HostSetting) => HostProcess
  readonly #retire: (host: HostProcess) => void
  #kept: HostProcess | undefined
  #fresh: HostProcess | undefined

  constructor(start: (setting: HostSetting) => HostProcess, retire: (host: HostProcess) => void) {
    this.#start = start
    this.#retire = retire
  }

  /** Starts ahead what most units want: a host with a thread in it. */
  warm(setting: HostSetting): void {
    this.#kept = this.#start(setting)
    this.#kept.use = 'thread'
    this.#kept.send({ type: 'prepare-thread' })
  }

  /** The host for a unit. */
  take(isolation: ActualIsolation, setting: HostSetting): HostProcess {
    if (isolation === 'process') {
      const host = this.#takeFresh(setting) ?? this.#start(setting)
      host.use = 'once'
      return host
    }
    const kept = this.#kept
    if (kept?.alive && kept.use === isolation && kept.key === setting.key) return kept
    if (kept) this.#retire(kept)
    this.#kept = this.#takeFresh(setting) ?? this.#start(setting)
    this.#kept.use = isolation
    return this.#kept
  }

  /** Starts a process for the next unit while this one runs. */
  prepare(setting: HostSetting): void {
    if (this.#fresh?.alive && this.#fresh.key === setting.key) return
    if (this.#fresh) this.#retire(this.#fresh)
    this.#fresh = this.#start(setting)
  }

  #takeFresh(setting: HostSetting): HostProcess | undefined {
    const fresh = this.#fresh
    if (!fresh?.alive || fresh.key !== setting.key) return undefined
    this.#fresh = undefined
    return fresh
  }
}
