import { execFile } from 'node:child_process'
import { err, ok, type Result } from '@muster/model'
import type { PrepareProblem, RunnerContext } from '../runner.ts'

/** The first that can start commands without a shell. */
const OLDEST = [1, 13] as const

const FIX =
  "Install it: apt-get install hyperfine, brew install hyperfine, or cargo install hyperfine. (The package of that name in npm's registry is not the program.)"

/** The version of the hyperfine that the unit's PATH leads to. */
export async function findHyperfine({
  env,
}: Pick<RunnerContext, 'env'>): Promise<Result<string, PrepareProblem>> {
  const said = await new Promise<string | undefined>((resolve) => {
    execFile('hyperfine', ['--version'], { env: { ...env }, timeout: 10_000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    )
  })
  if (said === undefined) return problem('hyperfine is not on the PATH.')
  const [, version, major, minor] = /^hyperfine ((\d+)\.(\d+)\S*)/.exec(said) ?? []
  if (version === undefined)
    return problem(`What is called hyperfine on the PATH is not hyperfine: it says "${said.slice(0, 80)}".`)
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1])
  return isOld
    ? problem(`hyperfine ${version} is too old; ${OLDEST.join('.')} and later will do.`)
    : ok(version)
}

const problem = (message: string): Result<never, PrepareProblem> =>
  err({ type: 'environment', message, fix: FIX })
