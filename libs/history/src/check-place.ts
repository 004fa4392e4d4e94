import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { err, ok } from '@muster/model'
import { inaccessible, type HistoryResult } from './history-problem.ts'

/**
 * Whether a database can be at `file`; makes its folder. SQLite would open a read-only file without a word and
 * fail at the first write, and for the rest knows one error number only.
 */
export function checkPlace(file: string): HistoryResult<void> {
  const folder = dirname(file)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    return err(inaccessible(file, `its folder can't be made (${reason(error)})`, `Make ${folder} a folder.`))
  }
  try {
    // The write-ahead log is made beside the file.
    accessSync(folder, constants.W_OK)
  } catch (error) {
    return err(inaccessible(file, `its folder is read-only (${reason(error)})`, `Make ${folder} writable.`))
  }
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return ok(undefined)
  if (!stat.isFile()) {
    const what = stat.isDirectory() ? 'a folder is in its place' : 'it is no regular file'
    return err(inaccessible(file, what, 'Move it away, or name another file for the history.'))
  }
  try {
    accessSync(file, constants.R_OK | constants.W_OK)
  } catch (error) {
    return err(inaccessible(file, `it may not be written (${reason(error)})`, `Make ${file} writable.`))
  }
  return ok(undefined)
}

const reason = (error: unknown): string => {
  const { code } = error as NodeJS.ErrnoException
  return code ?? String(error)
}
