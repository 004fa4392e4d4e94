import { join } from 'node:path'
import type { UnitPart } from '@muster/model'

/**
 * The files that a part needs, absolute; undefined when any file may be needed: for the whole suite, and for cases of
 * which one has no file.
 * @param root absolute workspace root
 */
export function neededFiles(root: string, { files, cases }: UnitPart): readonly string[] | undefined {
  if (files) return files.map((file) => join(root, file))
  const of = cases?.map(({ file }) => file)
  return of?.every((file) => file !== undefined)
    ? [...new Set(of.map((file) => join(root, file)))]
    : undefined
}
