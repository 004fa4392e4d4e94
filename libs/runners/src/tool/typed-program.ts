import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { workspacePath } from '../workspace-path.ts'

/**
 * The words by which a person starts an installed program in a suite's folder. `npx` below the folder of a workspace's
 * package changes to that folder first: there the program is named by its file.
 * @param dir workspace-relative folder of the suite
 * @param bin absolute path of the program
 */
export function typedProgram(root: string, dir: string, name: string, bin: string): readonly string[] {
  const nearest = [...ancestors(dir)].find((each) => existsSync(join(root, each, 'package.json')))
  if (nearest === undefined || nearest === '.' || nearest === dir) return ['npx', name]
  return ['node', posix.relative(dir, workspacePath(root, bin))]
}

/** The folder itself first, the root last. */
function* ancestors(dir: string): Generator<string> {
  for (let each = dir; ; each = posix.dirname(each)) {
    yield each
    if (each === '.' || each === '/') return
  }
}
