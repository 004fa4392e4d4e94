import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether a command can be found along the path of an environment. */
export function onPath(command: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command]
  return (
    (env['PATH'] ?? '')
      .split(delimiter)
      // An empty entry means the folder that happens to be the current one.
      .filter((folder) => folder !== '')
      .some((folder) => names.some((name) => isExecutable(join(folder, name))))
  )
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    // A folder is executable, too.
    return statSync(file).isFile()
  } catch {
    return false
  }
}
