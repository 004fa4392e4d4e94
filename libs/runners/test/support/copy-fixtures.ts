import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * A copy outside of this repository, whose own mocha configuration is for its own tests: found from within, it gave
 * every fixture a loader for TypeScript in a second process, a second of work for each start of mocha.
 * @param modules absolute path of the node_modules that the copy uses
 * @returns absolute; gone when this process ends
 */
export function copyFixtures(folder: string, modules: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster-fixtures-')))
  process.once('exit', () => rmSync(root, { recursive: true, force: true }))
  symlinkSync(modules, join(root, 'node_modules'), 'dir')
  const copy = join(root, basename(folder))
  cpSync(folder, copy, { recursive: true })
  return copy
}
