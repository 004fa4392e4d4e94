import { execFile } from 'node:child_process'
import { err, ok, type Result } from '@muster/model'

const MAX_BYTES = 64 << 20
const SHOWN = 2000

/** @returns what it printed to stdout; or, for people, why it failed */
export function runForOutput(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string
    readonly env: Readonly<Record<string, string | undefined>>
    readonly timeoutMs: number
  },
): Promise<Result<string, string>> {
  const { cwd, env, timeoutMs } = options
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { cwd, env: { ...env }, timeout: timeoutMs, maxBuffer: MAX_BYTES },
      (error, stdout, stderr) => {
        if (!error) resolve(ok(stdout))
        else resolve(err((stderr.trim() || stdout.trim() || error.message).slice(0, SHOWN)))
      },
    )
  })
}
