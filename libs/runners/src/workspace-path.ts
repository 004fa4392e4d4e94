import { relative, sep } from 'node:path'

/**
 * @param root absolute workspace root
 * @returns the path as records hold it: relative to the root, '/'-separated
 */
export const workspacePath = (root: string, path: string): string => relative(root, path).split(sep).join('/')

/** The same for the files of test cases, which come in file order: remembering one saves all but one conversion a file. */
export function workspacePaths(root: string): (file: string | undefined) => string | undefined {
  let last: string | undefined
  let lastRelative: string | undefined
  return (file) => {
    if (file === undefined) return undefined
    if (file !== last) {
      last = file
      lastRelative = workspacePath(root, file)
    }
    return lastRelative
  }
}
