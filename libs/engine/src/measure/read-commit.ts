import { execFile } from 'node:child_process'

/** The commit of the working tree, with `-dirty` when tracked files differ from it; undefined outside of git. */
export async function readCommit(root: string): Promise<string | undefined> {
  const [commit, changes] = await Promise.all([
    git(root, ['rev-parse', '--short=12', 'HEAD']),
    git(root, ['status', '--porcelain', '--untracked-files=no']),
  ])
  if (commit === undefined || commit === '') return undefined
  return changes === '' ? commit : `${commit}-dirty`
}

const git = (cwd: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile('git', args, { cwd, timeout: 10_000, maxBuffer: 1 << 24 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    )
  })
