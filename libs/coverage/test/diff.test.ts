import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { diffCoverage, spans } from '../src/diff/diff-coverage.ts'
import { parseDiff } from '../src/diff/parse-diff.ts'
import { readChanges } from '../src/diff/read-changes.ts'
import { readSource } from '../src/source/read-source.ts'
import { untested } from '../src/structure.ts'
import { withFolder } from './support.ts'

const git = (root: string, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`)

describe('what a change touches', () => {
  it('is found in the working tree: edits, renames, unusual names, new files, not what main did since', () =>
    withFolder({ 'a.txt': TEN.join('\n'), 'moved.txt': TEN.join('\n'), 'gone.txt': 'x\n' }, async (root) => {
      git(root, 'init', '--quiet', '--initial-branch=main')
      writeFileSync(path.join(root, 'ünu "sual\t.txt'), '1\n2\n')
      git(root, 'add', '--all')
      git(root, 'commit', '--quiet', '-m', 'one')
      git(root, 'checkout', '--quiet', '-b', 'topic')
      git(root, 'checkout', '--quiet', 'main')
      writeFileSync(path.join(root, 'main.txt'), 'only on main\n')
      git(root, 'add', '--all')
      git(root, 'commit', '--quiet', '-m', 'two')
      git(root, 'checkout', '--quiet', 'topic')

      writeFileSync(
        path.join(root, 'a.txt'),
        TEN.with(1, 'changed').toSpliced(5, 1).concat('--- more', '+++ b/no').join('\n'),
      )
      writeFileSync(path.join(root, 'ünu "sual\t.txt'), '1\nsecond\n')
      rmSync(path.join(root, 'gone.txt'))
      mkdirSync(path.join(root, 'sub'))
      renameSync(path.join(root, 'moved.txt'), path.join(root, 'sub/moved.txt'))
      git(root, 'add', 'sub', 'moved.txt')
      writeFileSync(path.join(root, 'sub/moved.txt'), TEN.with(2, 'three').join('\n'))
      writeFileSync(path.join(root, 'new.txt'), 'a\nb')

      const changes = await readChanges(root, 'main')
      assert.ok(changes.ok)
      assert.deepEqual(Object.fromEntries(changes.value), {
        'a.txt': [2, 9, 10, 11],
        'ünu "sual\t.txt': [2],
        'sub/moved.txt': [3],
        'new.txt': [1, 2],
      })
    }))

  it('can’t be told of a revision that isn’t there, or is an option', () =>
    withFolder({}, async (root) => {
      git(root, 'init', '--quiet')
      for (const revision of ['nowhere', '--output=x']) {
        const changes = await readChanges(root, revision)
        assert.match(changes.ok ? '' : changes.error, /fatal|Needed a single revision|unknown/)
      }
    }))

  it('parses hunks whose lines look like headers', () => {
    const text =
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n--- a/y\n+++ b/y\n+two\n@@ -9,0 +11 @@\n+three\n'
    assert.deepEqual([...parseDiff(text)], [['x', [1, 2, 11]]])
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDiff(text)))
  })
})

describe('diff coverage', () => {
  const text = `import { a } from 'a'

export function f(x: number): number {
  if (x > 1) {
    return a(
      x,
    )
  }
  return 0
}
`
  const { structure } = readSource('f.ts', text)!
  const file = {
    ...untested(structure),
    statements: structure.statements.map(([line]) => (line === 5 ? 0 : 1)),
  }

  it('is of changed lines that hold code, a call’s later lines among them', () => {
    const changed = new Map([
      ['f.ts', [1, 2, 4, 6, 7, 8, 9]],
      ['README.md', [1]],
    ])
    const { lines, files, unknown } = diffCoverage(new Map([['f.ts', file]]), changed)
    assert.deepEqual(lines, { covered: 2, total: 4 })
    assert.deepEqual(files[0]?.uncovered, [[6, 7]])
    assert.deepEqual(unknown, ['README.md'])
  })

  it('puts lines next to each other together', () => {
    assert.deepEqual(spans([1, 2, 3, 7, 9, 10]), [
      [1, 3],
      [7, 7],
      [9, 10],
    ])
  })
})
