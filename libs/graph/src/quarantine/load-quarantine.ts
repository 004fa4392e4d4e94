import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { QUARANTINE_FILE } from '@muster/model'
import type { Quarantine } from './quarantine.ts'

/**
 * What is in quarantine; nothing when there is no such file, and then the schema library isn't loaded either.
 * @param root absolute workspace root
 * @param nowMs since the epoch; how far ahead an entry may reach depends on it
 */
export async function loadQuarantine(root: string, nowMs: number = Date.now()): Promise<Quarantine> {
  let text: string
  try {
    text = readFileSync(join(root, QUARANTINE_FILE), 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { entries: [], diagnostics: code === 'ENOENT' ? [] : [unreadable(message)] }
  }
  const { parseQuarantine } = await import('./parse-quarantine.ts')
  return parseQuarantine(text, QUARANTINE_FILE, nowMs)
}

const unreadable = (reason: string) =>
  ({
    severity: 'error',
    source: QUARANTINE_FILE,
    line: 1,
    column: 1,
    path: '$',
    message: `the file can't be read: ${reason}`,
  }) as const
