import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive, musterDir } from '@muster/engine'
import { err, ok, type Result } from '@muster/model'
import { linkModules } from './link-modules.ts'

export interface Worktree {
  /** Absolute. */
  readonly root: string
  readonly commit: string
  remove(): Promise<void>
}

/** Where checkouts of other revisions live: ignored by git, and above them lies the workspace's node_modules. */
const worktreesDir = (root: string): string => path.join(musterDir(root), 'worktrees')

/** A checkout of a revision beside the working tree, with its dependencies linked. The error is for people. */
export async function openWorktree(root: string, revision: string): Promise<Result<Worktree, string>> {
  await sweepWorktrees(root)
  const top = await git(root, ['rev-parse', '--show-toplevel'])
  if (!top.ok) return err(`${root} is not in a git repository: ${top.error}`)
  const commit = await git(root, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
  if (!commit.ok) return err(`there is no commit "${revision}": ${commit.error}${await shallowHint(root)}`)
  const name = `${commit.value.slice(0, 12)}-${process.pid}`
  const checkout = path.join(worktreesDir(root), name)
  mkdirSync(worktreesDir(root), { recursive: true })
  writeFileSync(path.join(musterDir(root), '.gitignore'), '*\n')
  writeFileSync(ownerFile(checkout), String(process.pid))
  const added = await git(root, ['worktree', 'add', '--detach', '--force', checkout, commit.value])
  const remove = (): Promise<void> => removeWorktree(root, checkout)
  if (!added.ok) {
    await remove()
    return err(`the worktree can't be made: ${added.error}`)
  }
  // The workspace may be a folder of the repository.
  const below = path.join(checkout, path.relative(top.value, root))
  linkModules(root, below)
  return ok({ root: below, commit: commit.value.slice(0, 12), remove })
}

/** What most often is the reason in CI. */
async function shallowHint(root: string): Promise<string> {
  const shallow = await git(root, ['rev-parse', '--is-shallow-repository'])
  return shallow.ok && shallow.value === 'true'
    ? '. This clone is shallow: git fetch --unshallow (of actions/checkout: fetch-depth: 0) brings the rest'
    : ''
}

/** Takes away what runs that are gone have left: whatever no living process owns. */
async function sweepWorktrees(root: string): Promise<void> {
  const dir = worktreesDir(root)
  if (!existsSync(dir)) return
  for (const name of new Set(readdirSync(dir).map((each) => each.replace(/\.owner$/, '')))) {
    const checkout = path.join(dir, name)
    const owner = ownerOf(checkout)
    if (owner === undefined || !isAlive(owner)) await removeWorktree(root, checkout)
  }
}

function ownerOf(checkout: string): number | undefined {
  try {
    return Number(readFileSync(ownerFile(checkout), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

const ownerFile = (checkout: string): string => `${checkout}.owner`

async function removeWorktree(root: string, checkout: string): Promise<void> {
  await git(root, ['worktree', 'remove', '--force', checkout])
  rmSync(checkout, { recursive: true, force: true })
  await git(root, ['worktree', 'prune'])
  rmSync(ownerFile(checkout), { force: true })
}

const git = (cwd: string, args: readonly string[]): Promise<Result<string, string>> =>
  new Promise((resolve) => {
    execFile('git', args, { cwd, maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
      resolve(error === null ? ok(stdout.trim()) : err(stderr.trim() || error.message)),
    )
  })
