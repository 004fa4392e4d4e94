import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MochaVerdict } from '../fixtures/mocha/oracle.ts'

/** What `mocha` itself says, started as a command in the fixture's folder. */
export async function mochaCli(
  dir: string,
  args: readonly string[],
  timeoutMs = 20_000,
): Promise<MochaVerdict> {
  const bin = join(createRequire(join(dir, 'x.js')).resolve('mocha/package.json'), '../bin/mocha.js')
  const temporary = await mkdtemp(join(tmpdir(), 'mocha-cli-'))
  const report = join(temporary, 'report.json')
  try {
    const code = await new Promise<number | null>((resolve) => {
      const child = execFile(
        process.execPath,
        [bin, '--reporter=json', `--reporter-option=output=${report}`, ...args],
        {
          cwd: dir,
          timeout: timeoutMs,
          maxBuffer: 64e6,
          env: { ...process.env, NODE_OPTIONS: '', MUSTER_FIXTURE_CHILD_SECONDS: '1' },
        },
      )
      child.on('close', resolve)
    })
    const text = await readFile(report, 'utf8').catch(() => undefined)
    return { stats: text === undefined ? null : statsOf(text), green: code === 0 }
  } finally {
    await rm(temporary, { recursive: true })
  }
}

function statsOf(text: string): MochaVerdict['stats'] {
  const { stats } = JSON.parse(text) as { stats: { passes: number; failures: number; pending: number } }
  return { passed: stats.passes, failed: stats.failures, skipped: stats.pending }
}
