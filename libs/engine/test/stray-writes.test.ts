import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SuiteRecord } from '@muster/model'
import { describeStrayWrites, gitChanges, strayWrites } from '../src/run/stray-writes.ts'
import { inScratch } from './support.ts'

/** A suite that ran from 1000 to 3000 s after the epoch, far from the clock of this machine. */
const ran = (name: string, startedAt = 1_000_000): SuiteRecord =>
  ({ name, attempts: [{ startedAt, durationMs: 2_000_000 }] }) as unknown as SuiteRecord

function write(root: string, name: string, seconds: number): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), `${seconds}`)
  utimesSync(path.join(root, name), seconds, seconds)
}

describe('stray writes', () => {
  it('are changed and new files outside the outputs, written while a suite ran', () =>
    inScratch(async (root) => {
      execFileSync('git', ['init', '--quiet'], { cwd: root })
      write(root, 'old.txt', 2000)
      write(root, '.gitignore', 1)
      writeFileSync(path.join(root, '.gitignore'), 'ignored\n')
      const before = await gitChanges(root)
      assert.ok(before)
      write(root, 'während "a".txt', 2000)
      write(root, 'out/declared.txt', 2000)
      write(root, 'outside/x.txt', 2000)
      write(root, 'ignored', 2000)
      write(root, 'later.txt', 5000)
      const after = await gitChanges(root)
      assert.ok(after)
      const found = strayWrites(root, before, after, ['out'], { suites: [ran('a'), ran('b', 9_000_000)] })
      assert.deepEqual(
        found.toSorted((x, y) => (x.file < y.file ? -1 : 1)),
        [
          { file: 'outside/x.txt', suites: ['a'] },
          { file: 'während "a".txt', suites: ['a'] },
        ],
      )
    }))

  it('cannot be known outside git', () =>
    inScratch(async (root) => assert.equal(await gitChanges(root), undefined)))

  it('are named, the first five', () => {
    const writes = Array.from({ length: 7 }, (_, n) => ({ file: `f${n}`, suites: ['a', 'b', 'c', 'd'] }))
    const text = describeStrayWrites(writes)
    assert.match(text, /f0 \(while a, b, c ran\), f1 .*f4 \(while a, b, c ran\) and 2 more\./)
    assert.doesNotMatch(text, /f5/)
  })
})
