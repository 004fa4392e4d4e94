import { readdirSync, readlinkSync } from 'node:fs'

const PATIENCE_MS = 15_000

/**
 * Waits until no process works in `root` any more: what a contestant does after its command has ended (Muster writes
 * its history then) must not be charged to the next one.
 */
export async function untilQuiet(root: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (isBusy(root) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
}

const isBusy = (root: string): boolean =>
  readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && workingDirectory(pid)?.startsWith(root) === true)

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
