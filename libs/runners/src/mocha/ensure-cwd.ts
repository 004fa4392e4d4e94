import { realpathSync } from 'node:fs'

/**
 * Tests and mocha's options read relative paths. Workers start in the right folder; this moves there where
 * that is allowed, and is the last guard where it isn't (a thread can't change its folder).
 * @returns why the folder is wrong
 */
export function ensureCwd(cwd: string): string | undefined {
  try {
    if (realpathSync(process.cwd()) !== realpathSync(cwd)) process.chdir(cwd)
    return undefined
  } catch (thrown) {
    return `can't work in ${cwd}: ${thrown instanceof Error ? thrown.message : String(thrown)}`
  }
}
