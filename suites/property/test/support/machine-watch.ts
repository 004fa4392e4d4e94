import assert from 'node:assert/strict'
import type { Suite, UnitId } from '@muster/model'
import { DATABASE_PERMITS, type Story } from './story.ts'

/** What runs at the moment; complains as soon as it is more than the machine has. */
export class MachineWatch {
  readonly #running = new Map<UnitId, { readonly suite: Suite; readonly slot: number }>()
  readonly #limits: Pick<Story, 'workers' | 'cpus'>

  constructor(limits: Pick<Story, 'workers' | 'cpus'>) {
    this.#limits = limits
  }

  enter(unit: UnitId, suite: Suite, slot: number): void {
    const { workers } = this.#limits
    assert.ok(Number.isInteger(slot) && slot >= 0 && slot < workers, `slot ${slot} of ${workers}`)
    for (const [other, each] of this.#running)
      assert.notEqual(each.slot, slot, `${unit} beside ${other} in a slot`)
    assert.ok(!this.#running.has(unit), `${unit} runs twice`)
    this.#running.set(unit, { suite, slot })
    this.#check()
  }

  leave(unit: UnitId): void {
    assert.ok(this.#running.delete(unit), `${unit} doesn't run`)
  }

  #check(): void {
    const suites = [...this.#running.values()].map(({ suite }) => suite)
    const { cpus } = this.#limits
    const used = sum(suites.map(({ requires }) => Math.min(cpus, requires.cpus ?? 1)))
    assert.ok(used <= cpus, `${used} of ${cpus} cpus are taken`)
    for (const name of new Set(suites.flatMap(({ requires }) => requires.exclusive))) {
      const holders = suites.filter(
        ({ requires }) => requires.exclusive.includes(name) || name in requires.semaphores,
      )
      assert.equal(holders.length, 1, `${name} is held by ${holders.map(({ id }) => id).join()}`)
    }
    for (const [name, size] of [
      ['database', DATABASE_PERMITS],
      ['license', 1],
    ] as const) {
      const permits = sum(suites.map(({ requires }) => Math.min(size, requires.semaphores[name] ?? 0)))
      assert.ok(permits <= size, `${permits} of ${size} permits of ${name} are taken`)
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
