import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether a command can be found along the path of an environment. */
export function onPath(command: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command]
  return (env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => isExecutable(join(folder, name))))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
