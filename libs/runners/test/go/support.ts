import { execFile, spawnSync } from 'node:child_process'
import type { OwnVerdict } from '../contract/contract.ts'

export function goMissing(): { missing?: string } {
  const { status, error } = spawnSync('go', ['version'])
  return status === 0 ? {} : { missing: error?.message ?? 'go version fails' }
}

/** The verdicts that `go test -v` prints one by one, since it sums nothing up: `    --- PASS: TestX/part (0.00s)`. */
export function goVerdict(dir: string): Promise<OwnVerdict> {
  return new Promise((resolve) => {
    execFile('go', ['test', '-v', '-count=1', './...'], { cwd: dir }, (error, stdout) => {
      const count = (verdict: string): number =>
        stdout.match(new RegExp(`^ *--- ${verdict}: `, 'gm'))?.length ?? 0
      const counts = { passed: count('PASS'), failed: count('FAIL'), skipped: count('SKIP') }
      resolve({ counts, green: error === null })
    })
  })
}
