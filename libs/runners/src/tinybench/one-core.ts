import { accessSync, constants, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * What to put before a command so that it stays on one core: the last that this process may use, since interrupts mostly
 * go to the first. Undefined where there is no taskset.
 */
export function oneCore(path: string | undefined): readonly string[] | undefined {
  const core = lastCore()
  return core !== undefined && isOnPath('taskset', path) ? ['taskset', '-c', core] : undefined
}

/** `Cpus_allowed_list: 0-3,6` of proc(5). */
function lastCore(): string | undefined {
  try {
    return /^Cpus_allowed_list:.*?(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

function isOnPath(program: string, path = ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
