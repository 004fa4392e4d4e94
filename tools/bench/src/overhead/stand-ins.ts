import type { JournalWriter, Memory, UnitRunner } from '@muster/engine/run'

/** In the places of parts that are left out. */
export const NO_JOURNAL: JournalWriter = {
  unwritten: [],
  append: () => undefined,
  sync: () => undefined,
  close: () => Promise.resolve(),
}

/** Makes no attempts. */
export const PASS_AT_ONCE: UnitRunner = () => ({
  done: Promise.resolve({ status: 'passed' }),
  stop: () => undefined,
  kill: () => undefined,
})

/** Knows what it knew, and learns nothing. */
export const forgetful = (memory: Memory): Memory => ({
  of: (suite) => memory.of(suite),
  suites: () => memory.suites(),
  remember: () => undefined,
})
