import { pathToFileURL } from 'node:url'

import type { RunUnit, UnitMessage } from '@muster/runners'

/** Runs a unit's entry module. What it throws becomes its `error` message. */
export async function callEntry(
  entry: string,
  input: unknown,
  emit: (message: UnitMessage) => void,
): Promise<void> {
  try {
    const { runUnit } = (await import(pathToFileURL(entry).href)) as { runUnit: RunUnit }
    await runUnit(input, emit)
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    emit({ type: 'error', message, ...(stack !== undefined && { stack }) })
  }
}
