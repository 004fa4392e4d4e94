import { parse } from 'jsonc-parser'
import { isRecord, type WorkspaceFiles } from '../inference/workspace-files.ts'
import type { Tree } from '../nx/devkit.ts'

/** The inference's view of a generator's tree. */
export function treeFiles(tree: Tree): WorkspaceFiles {
  const text = (path: string): string | undefined =>
    tree.exists(path) && tree.isFile(path) ? (tree.read(path, 'utf8') ?? undefined) : undefined
  return {
    text,
    json(path) {
      const raw = text(path)
      const value: unknown = raw === undefined ? undefined : parse(raw)
      return isRecord(value) ? value : undefined
    },
    entries: (folder) => new Set(tree.children(folder)),
  }
}
