import { err, ok, type Result, type ToolName } from '@muster/model'

/**
 * The tests that are named on a command line, as globs of a suite (for go: patterns of packages). Muster splits suites
 * and repeats what failed by naming files, so that a name that isn't one of a file, such as a part of its path, can't
 * stay on the command line.
 * @param names words that are no flags
 * @returns empty for the tool's own discovery
 */
export function namedTests(tool: ToolName, names: readonly string[]): Result<readonly string[], string> {
  const plain = names.map((name) => name.replace(/^\.\/(?=.)/, '').replace(/(?<=.)\/+$/, ''))
  switch (tool) {
    case 'go':
      // Without a name it tests the package in the folder, where Muster would test all.
      return ok(names.length === 0 ? ['.'] : names.filter((name) => name !== './...'))
    case 'node:test':
      return all(plain, (name) =>
        isFolder(name) ? (/(^|\/)test$/.test(name) ? [`${name}/**/*.{js,cjs,mjs}`] : undefined) : [name],
      )
    case 'pytest':
      return all(plain, (name) => {
        if (name.includes('::')) return undefined
        return isFolder(name) ? [`${name}/**/test_*.py`, `${name}/**/*_test.py`] : [name]
      })
    case 'vitest':
    case 'jest':
    case 'playwright':
    case 'cargo':
      return all(plain, () => undefined)
  }
}

const isFolder = (name: string): boolean => !/[*?{[]|\.\w+$/.test(name)

function all(
  names: readonly string[],
  globsOf: (name: string) => readonly string[] | undefined,
): Result<readonly string[], string> {
  const globs: string[] = []
  for (const name of names) {
    const found = globsOf(name)
    if (!found) return err(`it only runs a part (${name}), which its configuration can say better`)
    globs.push(...found)
  }
  return ok(globs)
}
