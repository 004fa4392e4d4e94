import type { CaseRef } from '@muster/model'
import { describeMissing } from '../missing-cases.ts'

/** Titles of failed hooks, as reporters write them. */
export const hookTitle = (hook: string): string => `"${hook}" hook`
export const isHookTitle = (title: string | undefined): boolean => /^".+" hook$/.test(title ?? '')

interface Wish {
  readonly ref: CaseRef
  readonly files: boolean
  found: boolean
}

/**
 * Which cases of a rerun were asked for: tools choose tests by patterns, which may take in others. A failed hook stands
 * for its group, and a file that didn't load (`isFileCase`) for all that is in it.
 */
export class WantedCases {
  private readonly all: boolean
  private readonly wishes: readonly Wish[]

  /** @param refs undefined: all cases are wanted */
  constructor(refs: readonly CaseRef[] | undefined) {
    this.all = refs === undefined
    this.wishes = refs?.map((ref) => ({ ref, files: isFileCase(ref), found: false })) ?? []
  }

  /** Says whether it was asked for, and takes it for found. */
  take(path: readonly string[], file: string | undefined): boolean {
    if (this.all) return true
    let wanted = false
    for (const wish of this.wishes) {
      if (!means(wish, path, file)) continue
      wish.found = true
      wanted = true
    }
    return wanted
  }

  /** For `missing` of the `end` message. */
  missing(): string | undefined {
    const gone = this.wishes.filter(({ found }) => !found).map(({ ref }) => ref)
    return describeMissing(gone, this.wishes.length)
  }
}

/** The case that stands for a file as a whole: its title, which may follow a project's name, is the file's path or its end. */
export function isFileCase({ file, path }: CaseRef): boolean {
  const title = path.at(-1)
  return path.length <= 2 && file !== undefined && (file === title || file.endsWith(`/${title}`))
}

function means({ ref, files }: Wish, path: readonly string[], file: string | undefined): boolean {
  if (ref.file !== undefined && file !== undefined && ref.file !== file) return false
  if (files) return true
  const group = isHookTitle(ref.path.at(-1)) ? ref.path.slice(0, -1) : undefined
  const titles = group ?? ref.path
  return (group ? path.length > group.length : path.length === titles.length) && startsWith(path, titles)
}

const startsWith = (path: readonly string[], titles: readonly string[]): boolean =>
  titles.every((title, depth) => path[depth] === title)
