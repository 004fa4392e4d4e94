import { execFile, spawnSync } from 'node:child_process'
import type { OwnVerdict } from '../contract/contract.ts'

/** A plugin that some machines have, and that takes longer to load than all the rest. */
export const QUICK = ['-p', 'no:benchmark'] as const

/** @param modules what that Python must be able to import, besides pytest */
export function pytestMissing(python: string, ...modules: readonly string[]): { missing?: string } {
  const { status, stderr, error } = spawnSync(python, ['-c', `import ${['pytest', ...modules].join(', ')}`])
  return status === 0 ? {} : { missing: error?.message ?? stderr.toString().trim() }
}

/** The last line of pytest: `1 failed, 2 passed, 1 xfailed, 1 error in 0.03s`. */
export function pytestVerdict(
  dir: string,
  args: readonly string[] = [],
  python = 'python3',
): Promise<OwnVerdict> {
  return new Promise((resolve) => {
    execFile(python, ['-m', 'pytest', '-q', '--color=no', ...args], { cwd: dir }, (failed, stdout) => {
      const summary = stdout.trim().split('\n').at(-1) ?? ''
      const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0)
      const counts = {
        passed: count('passed') + count('xpassed') + count('subtests passed'),
        failed: count('failed') + count('errors?'),
        skipped: count('skipped') + count('xfailed'),
      }
      resolve({ counts: / in [\d.]+s/.test(summary) ? counts : null, green: failed === null })
    })
  })
}
