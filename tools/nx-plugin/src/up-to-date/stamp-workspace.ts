import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs'
import path from 'node:path'

/** When each file of a workspace was last changed, as far as the file system tells. No content is read. */
export interface WorkspaceStamp {
  /** Size, times, inode and mode by workspace-relative path. */
  readonly files: ReadonlyMap<string, string>
  /** The latest change of any of them, milliseconds since the epoch. */
  readonly newestMs: number
}

/** Some 10 µs each; with more of them Nx, which has them looked at by all cores, may as well be asked. */
const MOST_FILES = 50_000

/** Nowhere an input: what is installed is known by its lock file. */
const NEVER = new Set(['.git', 'node_modules'])

/**
 * Every file below `root`, whether git ignores it or not: a superset of what Nx reads.
 * @param except folders that runs write to themselves, workspace-relative
 * @returns undefined when there are too many, or one can't be looked at
 */
export function stampWorkspace(root: string, except: ReadonlySet<string>): WorkspaceStamp | undefined {
  const files = new Map<string, string>()
  let newestMs = 0
  const visit = (folder: string): boolean => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (NEVER.has(entry.name) || except.has(name)) continue
      if (entry.isDirectory()) {
        if (!visit(name)) return false
        continue
      }
      if (files.size === MOST_FILES) return false
      const stats = look(path.join(root, name), entry)
      newestMs = Math.max(newestMs, ...stats.map(({ ctimeMs }) => ctimeMs))
      files.set(name, stats.map(stampOf).join())
    }
    return true
  }
  try {
    return visit('') ? { files, newestMs } : undefined
  } catch {
    return undefined
  }
}

/** A link counts with what it points to. */
function look(file: string, entry: Dirent): Stats[] {
  const own = lstatSync(file)
  const target = entry.isSymbolicLink() ? statSync(file, { throwIfNoEntry: false }) : undefined
  return target ? [own, target] : [own]
}

const stampOf = ({ size, mtimeMs, ctimeMs, ino, mode }: Stats): string =>
  `${size}:${mtimeMs}:${ctimeMs}:${ino}:${mode}`

/** Paths whose stamps differ, or that only one of them has. */
export function changedFiles(before: WorkspaceStamp, after: WorkspaceStamp): string[] {
  const names = new Set([...before.files.keys(), ...after.files.keys()])
  return [...names].filter((name) => before.files.get(name) !== after.files.get(name))
}

/** One digest for all files. */
export function digestOf({ files }: WorkspaceStamp): string {
  const digest = createHash('sha256')
  for (const name of [...files.keys()].sort()) digest.update(`${name}\0${files.get(name)}\n`)
  return digest.digest('hex')
}
