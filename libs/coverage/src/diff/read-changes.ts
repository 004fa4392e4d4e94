import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { err, ok, type Result } from '@muster/model'
import { parseDiff, type ChangedLines } from './parse-diff.ts'

const run = promisify(execFile)
const MAX_OUTPUT = 1 << 28

const PLAIN_DIFF = [
  '--unified=0',
  '--find-renames',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--relative',
]

/**
 * What differs between the working tree and the commit at which it left `revision`, files that git doesn't know yet
 * included. The error says what git said.
 */
export async function readChanges(root: string, revision: string): Promise<Result<ChangedLines, string>> {
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', ['-c', 'core.quotePath=false', ...args], { cwd: root, maxBuffer: MAX_OUTPUT })).stdout
  try {
    // Without a common ancestor, as in a shallow clone, the revision itself is compared with.
    const base = await git('merge-base', '--end-of-options', revision, 'HEAD').catch(() =>
      git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`),
    )
    const changed = parseDiff(await git('diff', ...PLAIN_DIFF, base.trim(), '--'))
    const unknown = await git('ls-files', '--others', '--exclude-standard', '-z')
    for (const file of unknown.split('\0').filter(Boolean)) {
      const text = await readFile(path.join(root, file), 'utf8').catch(() => '')
      changed.set(
        file,
        Array.from({ length: text.split('\n').length }, (_, index) => index + 1),
      )
    }
    return ok(changed)
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    return err((stderr ?? message).trim().split('\n')[0] ?? message)
  }
}
