import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, QUARANTINE_FILE, type QuarantineEntry, type Result } from '@muster/model'
import type { Edited, QuarantineKey } from './quarantine-text.ts'

/** The file is broken or can't be written; nothing was changed. */
export interface QuarantineProblem {
  readonly message: string
}

/** Adds the entry, or puts it in the place of the one of the same suite and case. @param root absolute */
export async function putInQuarantine(
  root: string,
  entry: QuarantineEntry,
): Promise<Result<'added' | 'replaced', QuarantineProblem>> {
  const { putEntry } = await import('./quarantine-text.ts')
  const edited = change(root, (text) => putEntry(text, entry))
  return edited.ok ? ok(edited.value.known ? 'replaced' : 'added') : edited
}

/** @param root absolute */
export async function takeFromQuarantine(
  root: string,
  key: QuarantineKey,
): Promise<Result<'removed' | 'absent', QuarantineProblem>> {
  const { dropEntry } = await import('./quarantine-text.ts')
  const edited = change(root, (text) =>
    text === undefined ? ok({ text: '', known: false }) : dropEntry(text, key),
  )
  return edited.ok ? ok(edited.value.known ? 'removed' : 'absent') : edited
}

function change(
  root: string,
  edit: (text: string | undefined) => Result<Edited, string>,
): Result<Edited, QuarantineProblem> {
  const file = join(root, QUARANTINE_FILE)
  try {
    const before = read(file)
    const edited = edit(before)
    if (!edited.ok) return err({ message: edited.error })
    if (edited.value.text !== (before ?? '')) write(file, edited.value.text)
    return edited
  } catch (error) {
    return err({ message: `${QUARANTINE_FILE} can't be changed: ${(error as Error).message}` })
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** By rename: a run that starts meanwhile reads the old file or the new one. */
function write(file: string, text: string): void {
  const partial = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(partial, text)
    renameSync(partial, file)
  } finally {
    rmSync(partial, { force: true })
  }
}
