import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mustRun, runToEnd, type RunSettings } from './run-to-end.ts'

/** One execution of a whole command, in seconds. */
export interface Timing {
  readonly wall: number
  /** User and system time of the command and everything it waited for. */
  readonly cpu: number
}

interface Exported {
  readonly results: readonly [
    { readonly times: readonly number[]; readonly user: number; readonly system: number },
  ]
}

/** `--shell=none` came with 1.13. */
const NEEDED = [1, 13] as const
const HOW_TO_INSTALL =
  'Install hyperfine 1.13 or later from your system (Debian: apt-get install hyperfine; macOS: brew install hyperfine). ' +
  'The npm package of that name is not it: its download fails and it then exits 0.'

/** @returns the version; throws, saying how to install it, when the binary is missing or too old */
export async function checkHyperfine(settings: RunSettings): Promise<string> {
  const { code, stdout } = await runToEnd('hyperfine', ['--version'], settings).catch(() => ({
    code: null,
    stdout: '',
  }))
  const [, version, major, minor] = /^hyperfine ((\d+)\.(\d+)\S*)/.exec(stdout) ?? []
  const isNew = Number(major) > NEEDED[0] || (Number(major) === NEEDED[0] && Number(minor) >= NEEDED[1])
  if (code !== 0 || version === undefined || !isNew)
    throw new Error(`hyperfine ${version ?? 'was not found'}. ${HOW_TO_INSTALL}`)
  return version
}

/**
 * Times one execution. Rounds are the caller's, so that contestants take turns: hyperfine itself would finish one
 * command's runs before it starts the next, and a machine that slows down meanwhile would favour the first.
 * A command that exits non-zero throws.
 */
export async function timeOnce(command: string, settings: RunSettings): Promise<Timing> {
  const dir = await mkdtemp(join(tmpdir(), 'hyperfine-'))
  const out = join(dir, 'result.json')
  try {
    await mustRun(
      'hyperfine',
      ['--runs=1', '--shell=none', '--style=none', `--export-json=${out}`, command],
      settings,
    )
    const { results } = JSON.parse(await readFile(out, 'utf8')) as Exported
    const [{ times, user, system }] = results
    return { wall: times[0] ?? Number.NaN, cpu: user + system }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
