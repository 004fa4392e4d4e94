import { setTimeout as delay } from 'node:timers/promises'

import { killTree } from './kill-tree.ts'
import type { FoundProcess, ProcessFinder, Wanted } from './process-finder.ts'

/** A child that was told to end when its test did is not left behind; it gets this long to be gone. */
const PATIENCE_MS = 100
const GRACE_MS = 500

/** Kills what a unit left running. Returns a note about it, for people; undefined when it left nothing. */
export async function endLeftovers(finder: ProcessFinder, wanted: Wanted): Promise<string | undefined> {
  let found = finder.find(wanted)
  const deadline = performance.now() + PATIENCE_MS
  for (let pause = 2; found.length > 0 && performance.now() < deadline; pause *= 2) {
    await delay(pause)
    found = finder.find(wanted)
  }
  if (found.length === 0) return undefined
  const survivors = await killTree(finder, wanted, { graceMs: GRACE_MS })
  const note = `left ${count(found.length)} behind: ${list(found)}`
  return survivors.length === 0
    ? note
    : `${note}; ${count(survivors.length)} could not be killed: ${list(survivors)}`
}

const count = (number: number): string => (number === 1 ? '1 process' : `${number} processes`)

const list = (found: readonly FoundProcess[]): string => {
  const shown = found.slice(0, 5).map(({ command }) => command)
  return found.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ')
}
