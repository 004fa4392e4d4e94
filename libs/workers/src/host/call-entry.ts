import { pathToFileURL } from 'node:url'

import type { RunUnit, UnitMessage } from '@muster/runners'

/** Runs a unit's entry module. What it throws becomes its `error` message. `onLoaded` comes before any test code. */
export async function callEntry(
  entry: string,
  input: unknown,
  emit: (message: UnitMessage) => void,
  onLoaded: () => void = () => undefined,
): Promise<void> {
  try {
    const { runUnit } = (await import(pathToFileURL(entry).href)) as { runUnit: RunUnit }
    onLoaded()
    await runUnit(input, emit)
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    emit({ type: 'error', message, ...(stack !== undefined && { stack }) })
  }
}
