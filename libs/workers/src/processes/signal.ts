/** False when there is nothing to signal any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    // ESRCH: gone. EPERM: changed its user; nobody here may signal it.
    return false
  }
}
