import { execFile, spawnSync } from 'node:child_process'
import type { OwnVerdict } from '../contract/contract.ts'

/** Pytest alone: what happens to be installed beside it can take longer to load than all the rest, and changes counts. */
export const PLAIN = { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' } as const

/** @param modules what that Python must be able to import, besides pytest */
export function pytestMissing(python: string, ...modules: readonly string[]): { missing?: string } {
  const { status, stderr, error } = spawnSync(python, ['-c', `import ${['pytest', ...modules].join(', ')}`])
  return status === 0 ? {} : { missing: error?.message ?? stderr.toString().trim() }
}

interface PytestCall {
  readonly args?: readonly string[]
  readonly python?: string
  /** Over the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** The last line of pytest: `1 failed, 2 passed, 1 xfailed, 1 error in 0.03s`. */
export function pytestVerdict(
  dir: string,
  { args = [], python = 'python3', env = {} }: PytestCall = {},
): Promise<OwnVerdict> {
  return new Promise((resolve) => {
    const options = { cwd: dir, env: { ...process.env, ...env } }
    execFile(python, ['-m', 'pytest', '-q', '--color=no', ...args], options, (failed, stdout) => {
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
