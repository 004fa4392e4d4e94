import type { Sink } from '@muster/engine/run'

/** Sees when the first unit starts, and when the last has finished. */
export class UnitCounter implements Sink {
  readonly name = 'counter'
  readonly allFinished: Promise<void>
  private settle: () => void = unset
  private onFirst: (() => void) | undefined
  private open: number

  constructor(units: number, onFirst: () => void) {
    this.open = units
    this.onFirst = onFirst
    this.allFinished = new Promise((resolve) => (this.settle = resolve))
  }

  accept: Sink['accept'] = ({ kind }) => {
    if (kind !== 'attempt-started' && kind !== 'unit-finished') return
    this.onFirst?.()
    this.onFirst = undefined
    if (kind === 'unit-finished' && --this.open === 0) this.settle()
  }
}

const unset = (): void => {
  throw new Error('the promise was never made')
}
