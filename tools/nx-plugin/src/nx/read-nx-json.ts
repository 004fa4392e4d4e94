import { createRequire } from 'node:module'
import path from 'node:path'
import type { NxJsonLike } from './plugin-options.ts'

/** As Nx itself reads it: comments are allowed. Throws when it is absent or no JSON. @param root absolute */
export function readNxJson(root: string): NxJsonLike {
  const load = createRequire(import.meta.url)
  const { readJsonFile } = load('nx/src/devkit-exports') as {
    readonly readJsonFile: (file: string) => NxJsonLike
  }
  return readJsonFile(path.join(root, 'nx.json'))
}
