import { execFile, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OwnVerdict } from '../contract/contract.ts'

/** What is built outlives the tests, as it does for a user; beside the fixtures it would be found by other tools. */
export function useTemporaryTarget(): void {
  process.env['CARGO_TARGET_DIR'] = join(tmpdir(), 'muster-cargo-target')
  process.env['CARGO_NET_OFFLINE'] = 'true'
}

export function cargoMissing(): { missing?: string } {
  const { status, error } = spawnSync('cargo', ['--version'])
  return status === 0 ? {} : { missing: error?.message ?? 'cargo --version fails' }
}

const RESULT = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm

/** The sum of libtest's own results, one of each target. */
export function cargoVerdict(dir: string): Promise<OwnVerdict> {
  return new Promise((resolve) => {
    execFile('cargo', ['test', '--no-fail-fast'], { cwd: dir }, (error, stdout) => {
      const results = [...stdout.matchAll(RESULT)].map((found) => found.slice(1).map(Number))
      const sum = (at: number): number => results.reduce((total, result) => total + (result[at] ?? 0), 0)
      const counts = { passed: sum(0), failed: sum(1), skipped: sum(2) }
      resolve({ counts: results.length > 0 ? counts : null, green: error === null })
    })
  })
}
