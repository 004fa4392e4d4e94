import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reading access to a workspace by '/'-separated relative paths; what isn't there is undefined or empty. */
export interface WorkspaceFiles {
  text(path: string): string | undefined
  /** A JSON object; broken JSON is undefined too, since its owner complains about it. */
  json(path: string): Readonly<Record<string, unknown>> | undefined
  /** Names of the entries of a folder; '.' is the workspace root. */
  entries(folder: string): ReadonlySet<string>
}

/** @param root absolute. Remembers what it has read, so it must not outlive one inference. */
export function workspaceFiles(root: string): WorkspaceFiles {
  const folders = new Map<string, ReadonlySet<string>>()
  const text = (path: string): string | undefined => attempt(() => readFileSync(join(root, path), 'utf8'))
  return {
    text,
    json(path) {
      const raw = text(path)
      const value: unknown = raw === undefined ? undefined : attempt(() => JSON.parse(raw))
      return isRecord(value) ? value : undefined
    },
    entries(folder) {
      let names = folders.get(folder)
      if (!names) {
        names = new Set(attempt(() => readdirSync(join(root, folder))))
        folders.set(folder, names)
      }
      return names
    },
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The folder and its parents up to the workspace root: `a/b` gives `a/b`, `a`, `.`. */
export function withParents(folder: string): string[] {
  if (folder === '.') return ['.']
  const parts = folder.split('/')
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.']
}
