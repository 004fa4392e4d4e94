import { detach } from './text.ts'

/** Enough for the classes or files of a large report. */
const MAX_ENTRIES = 10_000

/**
 * `make` with its answers remembered: class and file names repeat from case to case, which then share one
 * string. It forgets everything when it holds too much.
 */
export function boundedMemo<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as T
    if (known.size >= MAX_ENTRIES) known.clear()
    const made = make(key)
    known.set(detach(key), made)
    return made
  }
}
