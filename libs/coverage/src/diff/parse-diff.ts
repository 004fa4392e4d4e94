/** Lines that a change has added or altered, by workspace-relative path, ascending. */
export type ChangedLines = ReadonlyMap<string, readonly number[]>

const HUNK = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/

/** Reads what `git diff --unified=0` prints; files that were deleted are left out, renamed ones have their new name. */
export function parseDiff(text: string): Map<string, number[]> {
  const changed = new Map<string, number[]>()
  let lines: number[] | undefined
  let left = 0
  for (const line of text.split('\n')) {
    // Lines of a hunk may look like anything, headers of files among it.
    if (left > 0 && /^[-+\\]/.test(line)) {
      if (!line.startsWith('\\')) left--
      continue
    }
    if (line.startsWith('+++ ')) {
      const path = newPath(line.slice(4))
      lines = path === undefined ? undefined : (changed.get(path) ?? [])
      if (path !== undefined && lines) changed.set(path, lines)
      continue
    }
    const [, from, count = '1'] = HUNK.exec(line) ?? []
    if (from === undefined) continue
    const [, removed = '1'] = /^@@ -\d+(?:,(\d+))? /.exec(line) ?? []
    left = Number(removed) + Number(count)
    for (let each = 0; each < Number(count); each++) lines?.push(Number(from) + each)
  }
  return changed
}

/** `b/path`, in quotes with C's escapes where it holds unusual characters; `/dev/null` for a deleted file. */
function newPath(line: string): string | undefined {
  // A name with a space is followed by a tab.
  const written = line.replace(/\t$/, '')
  const path = written.startsWith('"') ? unquote(written) : written
  return path.startsWith('b/') ? path.slice(2) : undefined
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 }

function unquote(text: string): string {
  const bytes: Buffer[] = []
  for (const [whole, octal, letter] of text.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]))
    else if (letter === undefined) bytes.push(Buffer.from(whole))
    else bytes.push(letter in ESCAPES ? Buffer.from([ESCAPES[letter]!]) : Buffer.from(letter))
  }
  return Buffer.concat(bytes).toString('utf8')
}
