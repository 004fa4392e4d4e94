import { readFileSync } from 'node:fs'
import path from 'node:path'

const LOCKFILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb']

/** The lockfiles that aren't the same in both folders: what is installed for the one is not what the other asks for. */
export const differingLockfiles = (a: string, b: string): readonly string[] =>
  LOCKFILES.filter((name) => read(path.join(a, name)) !== read(path.join(b, name)))

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
