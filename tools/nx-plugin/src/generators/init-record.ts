import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from '../nx/devkit.ts'
import { spliceOf, type Splice } from './splice.ts'

/** Committed with the workspace: by it everybody can go back. */
export const RECORD_FILE = 'muster-init.json'

export type InitChange =
  | ({ readonly file: string } & Splice)
  | { readonly file: string; readonly created: string }

export interface InitRecord {
  readonly about: string
  readonly changes: readonly InitChange[]
}

const ABOUT = 'What `nx g @muster/nx:init` has changed; `nx g @muster/nx:remove` takes it back by this file.'
/** Files of a workspace without which it was complete, and so is again when they go. */
const PASSING = new Set(['.gitignore'])

/** Adds what the tree is about to change in files that were there to the record. */
export function recordChanges(tree: Tree): void {
  const changes = tree.listChanges().flatMap(({ path, type, content }): InitChange[] => {
    const after = content?.toString('utf8') ?? ''
    if (type === 'CREATE') return PASSING.has(path) ? [{ file: path, created: after }] : []
    if (type === 'DELETE' || path === RECORD_FILE) return []
    const splice = spliceOf(readFileSync(join(tree.root, path), 'utf8'), after)
    return splice ? [{ file: path, ...splice }] : []
  })
  if (changes.length === 0) return
  const record: InitRecord = { about: ABOUT, changes: [...(readRecord(tree)?.changes ?? []), ...changes] }
  tree.write(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`)
}

/** Throws when the file is there but is no record. */
export function readRecord(tree: Tree): InitRecord | undefined {
  const text = tree.read(RECORD_FILE, 'utf8')
  if (text === null) return undefined
  const record = JSON.parse(text) as Partial<InitRecord>
  if (!Array.isArray(record.changes)) throw new Error(`${RECORD_FILE} isn't what init wrote`)
  return { about: ABOUT, changes: record.changes as readonly InitChange[] }
}
