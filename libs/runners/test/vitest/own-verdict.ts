import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { OwnVerdict } from '../contract/contract.ts'

/** Vitest's closing line: `Tests  1 failed | 2 passed | 1 expected fail | 1 skipped | 1 todo (6)`. */
export function ownVerdict(dir: string): Promise<OwnVerdict> {
  const bin = join(createRequire(join(dir, 'x.js')).resolve('vitest/package.json'), '../vitest.mjs')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, 'run'],
      { cwd: dir, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout) => {
        const line = /^ +Tests +(.*)$/m.exec(stdout)?.[1] ?? ''
        const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0)
        const passed = count('passed') + count('expected fail')
        const skipped = count('skipped') + count('todo')
        resolve({ counts: { passed, failed: count('failed'), skipped }, green: error === null })
      },
    )
  })
}
